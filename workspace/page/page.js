// What the page does without asking: keep the newest message in sight and the focus where it was while parts of the
// page are replaced, close menus, and say in plain values what was done.
window.standIn = (() => {
  const byId = (id) => document.getElementById(id);
  const shell = () => byId("shell");
  let following = true;
  let room = null;
  let focused = null;

  const settle = () => {
    const timeline = byId("timeline");
    if (!timeline) return;
    if (timeline.dataset.room !== room) {
      room = timeline.dataset.room;
      following = true;
    }
    if (following) timeline.scrollTop = timeline.scrollHeight;
    if (focused && document.activeElement === document.body) byId(focused)?.focus({ preventScroll: true });
  };

  const isAtBottom = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  const closeMenus = (except) =>
    document.querySelectorAll("details.menu[open]").forEach((menu) => menu !== except && (menu.open = false));
  const place = (one, value) => ({
    ts: one.closest("[data-ts]").dataset.ts,
    block: one.dataset.block,
    action: one.dataset.action,
    value: value ?? null,
  });

  document.addEventListener("scroll", (event) => {
    if (event.target.id === "timeline") following = isAtBottom(event.target);
  }, true);
  document.addEventListener("focusin", (event) => (focused = event.target.id || null));
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("button, a, input, select, textarea, summary")) focused = null;
  });
  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    if (!event.target.closest("#sidebar, #menu")) shell()?.classList.remove("open");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    closeMenus();
    shell()?.classList.remove("open");
  });
  document.addEventListener("toggle", (event) => {
    event.target.querySelector(".entries")?.scrollIntoView({ block: "nearest" });
  }, true);
  window.addEventListener("resize", settle);
  new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });

  return {
    pressed(event, emit) {
      const one = event.target.closest("[data-action]");
      if (one && one.tagName !== "SELECT" && !one.ariaDisabled) emit(place(one, one.dataset.value));
    },
    chosen(event, emit) {
      if (event.target.dataset.action) emit(place(event.target, event.target.value));
    },
    entered(event, emit) {
      const entry = event.target.closest("[data-room]");
      if (!entry) return;
      shell().classList.remove("open");
      emit(entry.dataset.room);
    },
    submitted(event, emit) {
      event.preventDefault();
      const field = event.target.elements.namedItem("text");
      emit(field.value);
      if (field.tagName === "TEXTAREA") field.value = "";
    },
    typed(event) {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      event.target.form.requestSubmit();
    },
    insert(event) {
      const offered = event.target.closest("[data-insert]");
      if (!offered) return;
      byId("composer").value = `${offered.dataset.insert} `;
      byId("composer").focus();
    },
    putBack(text) {
      if (!byId("composer").value) byId("composer").value = text;
    },
    toggle() {
      shell().classList.toggle("open");
    },
  };
})();
