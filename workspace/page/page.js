// What the page does without asking: keep the newest message in sight and the focus where it was while parts of the
// page are replaced, open and close dialogs, run the lists of selects, and say in plain values what was done: `act` is
// an element that tells the bot at once, `draft` is what stands in a field of a form, `dismissed` is Escape.
window.standIn = (() => {
  const byId = (id) => document.getElementById(id);
  const shell = () => byId("shell");
  const list = (root, selector) => [...root.querySelectorAll(selector)];
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const places = new Map();
  const returns = new Map();
  let focused = null;
  let caret = null;
  let hasArrived = false;

  // Colours
  const dress = (theme) => {
    localStorage.setItem("theme", theme);
    document.documentElement.dataset.theme = theme;
  };
  const theme = () => localStorage.getItem("theme") ?? "system";
  document.documentElement.dataset.theme = theme();

  // Keeping things in place
  const isAtBottom = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  const follow = (box) => {
    if (!box) return;
    const known = places.get(box.id);
    if (known?.room !== box.dataset.room) places.set(box.id, { room: box.dataset.room, following: true });
    if (places.get(box.id).following) box.scrollTop = box.scrollHeight;
  };
  const isSeen = (one) => one.getClientRects().length > 0;
  const focusOn = (id) => {
    const one = byId(id);
    one?.focus({ preventScroll: true });
    if (caret && one?.setSelectionRange && /^(text|search|url|textarea)$/.test(one.type)) one.setSelectionRange(...caret);
  };
  const firstOf = (dialog) =>
    dialog.querySelector("[data-first]") ??
    list(dialog, ".fill input, .fill textarea").find(isSeen) ??
    dialog.querySelector(".primary, [data-answer=yes], [data-close=one]");

  const settleDialog = (dialog) => {
    const isWanted = dialog.dataset.open === "yes";
    if (isWanted && !dialog.open) {
      returns.set(dialog, focused);
      dialog.showModal();
    } else if (!isWanted && dialog.open) {
      dialog.close();
      dialog.shownView = null;
      const back = returns.get(dialog);
      focused = back;
      if (back) byId(back)?.focus({ preventScroll: true });
    }
    if (!isWanted) return;
    const view = dialog.dataset.view ?? "question";
    if (dialog.shownView !== view) firstOf(dialog)?.focus();
    else if (dialog.shownAttempts !== dialog.dataset.attempts) dialog.querySelector("[aria-invalid]")?.focus();
    dialog.shownView = view;
    dialog.shownAttempts = dialog.dataset.attempts;
  };
  const settlePanel = (panel) => {
    const isOpen = panel.dataset.open === "yes";
    if (isOpen === (panel.wasOpen ?? false)) return;
    panel.wasOpen = isOpen;
    if (isOpen) {
      returns.set(panel, focused);
      panel.querySelector("textarea, input")?.focus();
    } else if (returns.get(panel)) byId(returns.get(panel))?.focus({ preventScroll: true });
  };
  const settle = () => {
    follow(byId("timeline"));
    follow(byId("thread-rows"));
    document.querySelectorAll("dialog").forEach(settleDialog);
    document.querySelectorAll(".panel").forEach(settlePanel);
    const colours = byId("theme");
    if (colours && colours.value !== theme()) colours.value = theme();
    if (focused && document.activeElement === document.body) focusOn(focused);
  };

  // Saying what was done
  const say = (name, one, value, picked = false) => {
    const box = one.closest("[data-ts], [data-view]");
    const detail = {
      source: box.dataset.ts ?? box.dataset.view,
      block: one.dataset.block,
      action: one.dataset.action,
      value: value ?? null,
      picked,
    };
    one.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  };
  const valueOf = (one) => {
    if (one.tagName !== "FIELDSET") return one.value;
    const ticked = list(one, ":checked").map((box) => box.value);
    return one.dataset.kind === "many" ? ticked : (ticked[0] ?? "");
  };
  const acts = (one, on) => (one.dataset.acts ?? "").split(" ").includes(on);
  const entered = (one, on, value, picked) => {
    if (one.hasAttribute("data-drafts")) say("draft", one, value, picked);
    if (acts(one, on)) say("act", one, value);
  };
  const fieldOf = (target) => target.closest?.("[data-block]:not(.combo, .upload)");

  // Selects: a field that filters the list under it
  const comboOf = (target) => target.closest?.(".combo");
  const options = (combo) => list(combo, "[role=option]");
  const typing = (combo) => combo.querySelector("[role=combobox]");
  const isOpen = (combo) => typing(combo).getAttribute("aria-expanded") === "true";
  const mark = (combo, option) => {
    options(combo).forEach((one) => one.classList.toggle("active", one === option));
    if (option) {
      typing(combo).setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else typing(combo).removeAttribute("aria-activedescendant");
  };
  const unfold = (combo, isWanted) => {
    typing(combo).setAttribute("aria-expanded", String(isWanted));
    combo.querySelector("[role=listbox]").hidden = !isWanted;
    if (isWanted) combo.querySelector("[role=listbox]").scrollIntoView({ block: "nearest" });
    else mark(combo, null);
  };
  const filter = (combo, text) => {
    const wanted = text.trim().toLocaleLowerCase();
    options(combo).forEach((one) => (one.hidden = !one.textContent.toLocaleLowerCase().includes(wanted)));
    list(combo, "[role=group]").forEach((one) => (one.hidden = !one.querySelector("[role=option]:not([hidden])")));
    mark(combo, wanted ? options(combo).find((one) => !one.hidden) : null);
  };
  const show = (combo) => {
    if (isOpen(combo)) return;
    filter(combo, "");
    unfold(combo, true);
  };
  const reset = (combo) => {
    unfold(combo, false);
    typing(combo).value = typing(combo).defaultValue;
  };
  const pick = (combo, value) => {
    const chosen = JSON.parse(combo.dataset.chosen);
    const several = combo.dataset.kind === "many";
    const toggled = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    reset(combo);
    if (several) combo.dataset.chosen = JSON.stringify(toggled);
    else {
      const label = options(combo).find((one) => one.dataset.pick === value).firstElementChild.textContent;
      typing(combo).value = typing(combo).defaultValue = label;
    }
    entered(combo, "change", several ? toggled : value, true);
  };
  const step = (combo, by) => {
    show(combo);
    const seen = options(combo).filter((one) => !one.hidden);
    const at = seen.findIndex((one) => one.classList.contains("active"));
    mark(combo, seen[(at + by + seen.length + (at < 0 && by < 0 ? 1 : 0)) % seen.length]);
  };
  const keyInCombo = (combo, event) => {
    const active = combo.querySelector(".active");
    if (event.key === "ArrowDown") step(combo, 1);
    else if (event.key === "ArrowUp") step(combo, -1);
    else if (event.key === "Enter" && isOpen(combo) && active) pick(combo, active.dataset.pick);
    else if (event.key === "Escape" && isOpen(combo)) reset(combo);
    else return false;
    event.preventDefault();
    return true;
  };

  // Keys
  const closeMenus = (except) =>
    document.querySelectorAll("details.menu[open]").forEach((menu) => menu !== except && (menu.open = false));
  const dismiss = (target) => {
    const menu = target.closest("details.menu[open]");
    const box = target.closest("dialog[open], .panel[data-open=yes]");
    if (menu) menu.querySelector("summary").focus();
    else if (box) box.dispatchEvent(new CustomEvent("dismissed"));
    closeMenus();
    shell()?.classList.remove("open");
  };
  const wrap = (dialog, event) => {
    const stops = list(dialog, CONTROLS).filter((one) => isSeen(one) && !one.disabled);
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (document.activeElement !== from && dialog.contains(document.activeElement)) return;
    event.preventDefault();
    to.focus();
  };

  document.addEventListener("keydown", (event) => {
    const combo = comboOf(event.target);
    const dialog = event.target.closest("dialog[open]") ?? list(document, "dialog[open]").at(-1);
    const field = fieldOf(event.target);
    if (combo && event.target.role === "combobox" && keyInCombo(combo, event)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      dismiss(event.target);
    } else if (event.key === "Tab" && dialog) wrap(dialog, event);
    else if (event.key === "Enter" && field?.tagName === "INPUT" && acts(field, "enter")) {
      event.preventDefault();
      say("act", field, field.value);
    }
  });
  document.addEventListener("input", (event) => {
    const combo = comboOf(event.target);
    if (combo) {
      show(combo);
      filter(combo, event.target.value);
      return;
    }
    const counter = list(document, "[data-counts]").find((one) => one.dataset.counts === event.target.id);
    if (counter) counter.textContent = [...event.target.value].length;
    const field = fieldOf(event.target);
    if (field) entered(field, "type", valueOf(field));
  });
  document.addEventListener("change", (event) => {
    const field = fieldOf(event.target);
    if (field && acts(field, "change")) say("act", field, valueOf(field));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-acts=click]");
    if (button && !button.ariaDisabled) say("act", button, button.dataset.value);
    const combo = comboOf(event.target);
    const choice = event.target.closest("[data-pick]");
    if (combo && choice) pick(combo, choice.dataset.pick);
    else if (combo) show(combo);
    closeMenus(event.target.closest("details.menu"));
    if (!event.target.closest("#sidebar, #menu")) shell()?.classList.remove("open");
  });
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("[role=listbox]")) event.preventDefault();
  });
  document.addEventListener("focusout", (event) => {
    const combo = comboOf(event.target);
    if (combo && event.target.isConnected && !combo.contains(event.relatedTarget)) reset(combo);
  });
  document.addEventListener("focusin", (event) => (focused = event.target.id || null));
  document.addEventListener("selectionchange", () => {
    const one = document.activeElement;
    if (one?.selectionStart !== undefined) caret = [one.selectionStart, one.selectionEnd];
  });
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("button, a, input, select, textarea, summary, label")) focused = null;
  });
  document.addEventListener("scroll", (event) => {
    const known = places.get(event.target.id);
    if (known) known.following = isAtBottom(event.target);
  }, true);
  document.addEventListener("toggle", (event) => {
    event.target.querySelector(".entries")?.scrollIntoView({ block: "nearest" });
  }, true);
  window.addEventListener("resize", settle);
  new MutationObserver(settle).observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ["data-open", "data-view", "data-room", "data-attempts"],
  });

  return {
    dress,
    say,
    arrive() {
      const isReload = performance.getEntriesByType("navigation")[0].type === "reload";
      if (isReload && !hasArrived) shell().dispatchEvent(new CustomEvent("reloaded"));
      hasArrived = true;
    },
    entered(event, emit) {
      const entry = event.target.closest("[data-room]");
      if (!entry) return;
      shell().classList.remove("open");
      emit(entry.dataset.room);
    },
    openedThread(event, emit) {
      const opener = event.target.closest("[data-thread]");
      if (opener) emit(opener.dataset.thread);
    },
    answered(event, emit) {
      const answer = event.target.closest("[data-answer]");
      if (answer) emit(answer.dataset.answer === "yes");
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
    putBack(id, text) {
      if (!byId(id).value) byId(id).value = text;
    },
    toggle() {
      shell().classList.toggle("open");
    },
  };
})();
