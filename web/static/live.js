// Fills the four steps and the list as events happen; without this file the page reloads itself.
"use strict";
(() => {
  const list = document.getElementById("events");
  const now = document.getElementById("now");
  const EVERY = 500, SLOWLY = 5000, AFTER = 15 * 60 * 1000;
  const began = Date.now();
  let last = Number(list.dataset.last);

  const show = (line) => {
    for (const step of line.steps) {
      const place = document.querySelector(`[data-step="${step.name}"]`);
      place.classList.toggle("done", step.at !== "");
      place.querySelector("time").textContent = step.at;
    }
    if (now.textContent !== line.now) now.textContent = line.now;
    now.classList.toggle("trouble", line.trouble);
    for (const event of line.events) {
      if (event.id <= last) continue;
      const item = document.createElement("li");
      const at = document.createElement("time"), text = document.createElement("span");
      at.textContent = event.at;
      text.textContent = event.text;
      item.append(at, text);
      list.append(item);
    }
    last = Math.max(last, line.last);
  };

  const look = async () => {
    let wait = document.hidden || Date.now() - began > AFTER ? SLOWLY : EVERY;
    try {
      const answer = await fetch(`${list.dataset.events}?after=${last}`, { cache: "no-store" });
      if (answer.status === 401) return location.reload();
      if (answer.ok) show(await answer.json()); else wait = SLOWLY;
    } catch { wait = SLOWLY; }
    setTimeout(look, wait);
  };
  setTimeout(look, EVERY);
})();
