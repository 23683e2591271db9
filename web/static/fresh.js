// Keeps a list on the page as it is now; without this file the page can be loaded again.
"use strict";
(() => {
  const list = document.querySelector("[data-fresh]");
  const EVERY = 3000, SLOWLY = 15000, AFTER = 30 * 60 * 1000;
  const began = Date.now();

  const show = (html) => {
    const made = list.cloneNode(false);
    made.innerHTML = html;
    if (made.innerHTML.trim() === list.innerHTML.trim()) return;
    const at = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    list.replaceChildren(...made.childNodes);
    if (at !== null) list.querySelector(`a[href="${CSS.escape(at)}"]`)?.focus();
  };

  const look = async () => {
    let wait = document.hidden || Date.now() - began > AFTER ? SLOWLY : EVERY;
    try {
      const answer = await fetch(list.dataset.fresh, { cache: "no-store" });
      if (answer.status === 401) return location.reload();
      if (answer.ok) show(await answer.text()); else wait = SLOWLY;
    } catch { wait = SLOWLY; }
    setTimeout(look, wait);
  };
  setTimeout(look, EVERY);
})();
