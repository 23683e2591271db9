// Keeps the phones live: waits for news, fetches this same page, and takes over only what changed,
// so that typed words, focus and scrolling stay as they are. Without this script the page still works.
"use strict";

const page = document.getElementById("page");
const WAIT_SECONDS = 3;
const RETRY_MILLISECONDS = 1000;
const SIDE_BY_SIDE = "(min-width: 1100px)";

// --- One page becomes the next ------------------------------------------------------------------

function become(now, next) {
  if (now.isEqualNode(next)) return;
  if (now.nodeType === Node.TEXT_NODE) {
    now.data = next.data;
    return;
  }
  for (const { name } of [...now.attributes]) {
    // An open menu stays open.
    if (!next.hasAttribute(name) && name !== "open") now.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  becomeChildren(now, next);
}

function becomeChildren(now, next) {
  const named = new Map([...now.children].filter((child) => child.id).map((child) => [child.id, child]));
  let at = now.firstChild;
  for (const wanted of [...next.childNodes]) {
    const fits = at && !at.id && !wanted.id && at.nodeName === wanted.nodeName;
    const kept = wanted.id ? named.get(wanted.id) : fits ? at : undefined;
    if (kept === undefined) {
      const made = document.importNode(wanted, true);
      if (named.size && made.classList?.contains("message")) made.classList.add("fresh");
      now.insertBefore(made, at);
      continue;
    }
    if (kept === at) at = at.nextSibling;
    else now.insertBefore(kept, at);
    become(kept, wanted);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function show(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  const phone = document.activeElement?.closest?.(".phone");
  become(page, next.getElementById("page"));
  document.title = next.title;
  // What had the focus may be gone: the same phone's field takes it over.
  if (phone && document.activeElement === document.body) focusField(phone);
  look();
}

function focusField(phone) {
  phone.querySelector(".composer input[type=text], .composer button")?.focus({ preventScroll: true });
}

// --- Fetching, one thing at a time --------------------------------------------------------------

let line = Promise.resolve();

function inLine(act) {
  const done = line.then(act);
  line = done.catch(() => lost(true));
  return done;
}

async function take(url, options) {
  const answer = await fetch(url, options);
  // A refusal (409) is a page too: it says that this did not work.
  if (!answer.ok && answer.status !== 409) throw new Error(`${url} answered ${answer.status}`);
  show(await answer.text());
  return answer;
}

const refresh = () => inLine(() => take(page.dataset.here));

function lost(isLost) {
  document.querySelector(".lost").hidden = !isLost;
}

const pause = (milliseconds) => new Promise((go) => setTimeout(go, milliseconds));

async function live() {
  for (;;) {
    try {
      const answer = await fetch(`/phones/state?since=${page.dataset.version}&wait=${WAIT_SECONDS}`);
      if (!answer.ok) throw new Error(`the phones answered ${answer.status}`);
      const { version, now } = await answer.json();
      lost(false);
      const same = String(version) === page.dataset.version && now.startsWith(page.dataset.now);
      if (!same) await refresh();
    } catch {
      lost(true);
      await pause(RETRY_MILLISECONDS);
    }
  }
}

// --- What people do -----------------------------------------------------------------------------

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  event.preventDefault();
  const words = new FormData(form);
  const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const typed = form.querySelector("input[type=text]");
  const phone = form.closest(".phone");
  const text = typed?.value ?? "";
  const focused = phone.contains(document.activeElement);
  if (typed) typed.value = "";
  phone.querySelector(".menu")?.removeAttribute("open");
  phone.querySelector(".scroll").scrollTop = 0;
  button?.setAttribute("aria-busy", "true");
  inLine(() => take(url, { method: "POST", body: new URLSearchParams(words) }))
    .then((answer) => {
      if (!answer.ok && typed) typed.value = text;
      if (answer.ok && button?.dataset.goes) go(button.dataset.goes);
      // The tapped button may be gone, or hidden in its menu.
      else if (focused && document.activeElement === document.body) focusField(phone);
    })
    .catch(() => {
      if (typed) typed.value = text;
    })
    .finally(() => button?.removeAttribute("aria-busy"));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const copy = event.target.closest("[data-copy]");
  if (copy) navigator.clipboard.writeText(copy.dataset.copy);
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if ("soft" in link.dataset) {
    event.preventDefault();
    const phone = link.closest(".phone");
    inLine(() => take(link.href)).then(() => focusField(phone), () => lost(true));
    history.replaceState(null, "", link.href);
  } else if (link.target === "_blank" && link.closest(".phone") && matchMedia(SIDE_BY_SIDE).matches) {
    // A window like a phone, beside this one, so that the answer is seen to arrive here.
    event.preventDefault();
    window.open(link.href, "_blank", "popup,noopener,width=400,height=780");
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(".menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

function go(channel) {
  const phone = document.getElementById(channel);
  phone.scrollIntoView({ inline: "center", block: "nearest" });
  focusField(phone);
}

// --- What people see is read --------------------------------------------------------------------

const reading = new Set();

function onScreen(thread) {
  const { left, right, top } = thread.getBoundingClientRect();
  const middle = (left + right) / 2;
  return middle > 0 && middle < innerWidth && top < innerHeight;
}

async function look() {
  if (document.visibilityState !== "visible" || !document.hasFocus()) return;
  for (const { id, dataset } of [...document.querySelectorAll(".thread[data-unread]")]) {
    if (dataset.unread === "0" || reading.has(id) || !onScreen(document.getElementById(id))) continue;
    reading.add(id);
    const url = `/phones/${dataset.channel}/${encodeURIComponent(dataset.who)}/read`;
    const headers = { "Content-Type": "application/json" };
    fetch(url, { method: "POST", body: "{}", headers })
      .catch(() => lost(true))
      .finally(() => reading.delete(id));
  }
}

addEventListener("focus", look);
document.addEventListener("visibilitychange", look);
document.querySelector(".phones").addEventListener("scroll", look, { passive: true });

look();
live();
