// Tells, while it is typed, how the first field is understood: the number, the payer, the channel.
"use strict";
(() => {
  const typed = document.getElementById("who"), hint = document.getElementById("who-hint");
  let waiting = 0, asked = "";

  const look = async () => {
    const text = typed.value.trim();
    if (text === asked) return;
    asked = text;
    if (text === "") { hint.textContent = ""; return; }
    try {
      const answer = await fetch(`${hint.dataset.known}?q=${encodeURIComponent(text)}`, { cache: "no-store" });
      if (!answer.ok) return;
      const known = await answer.json();
      if (text !== typed.value.trim()) return;
      hint.textContent = known.text;
      hint.classList.toggle("field-wrong", known.wrong);
    } catch { hint.textContent = ""; }
  };

  typed.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 250); });
  typed.addEventListener("blur", look);
  if (typed.value) look();

  // A second Enter while the first is on its way changes nothing, see the form's hidden id.
  const form = typed.form;
  form.addEventListener("submit", () => form.setAttribute("aria-busy", "true"));
})();
