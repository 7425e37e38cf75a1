// Fields of files: each file is sent as soon as it is chosen, and what stands in the field then are their ids.
(() => {
  const keep = (upload, ids) => {
    upload.querySelector("[type=file]").focus();
    upload.dataset.chosen = JSON.stringify(ids);
    standIn.say("draft", upload, ids, true);
  };
  const send = async (upload, files) => {
    const { view } = upload.closest("[data-view]").dataset;
    const post = (file) =>
      fetch(`/files?${new URLSearchParams({ view, name: file.name })}`, { method: "POST", body: file });
    const answers = await Promise.all([...files].map(post));
    const sent = await Promise.all(answers.filter((one) => one.ok).map((one) => one.json()));
    const now = document.getElementById(upload.id);
    if (now) keep(now, now.dataset.most === "1" ? sent : [...JSON.parse(now.dataset.chosen), ...sent]);
  };

  document.addEventListener("change", (event) => {
    const upload = event.target.closest(".upload");
    if (upload && event.target.files.length) send(upload, event.target.files);
  });
  document.addEventListener("click", (event) => {
    const dropped = event.target.closest("[data-drop]");
    if (!dropped) return;
    const upload = dropped.closest(".upload");
    keep(upload, JSON.parse(upload.dataset.chosen).filter((id) => id !== dropped.dataset.drop));
  });
})();
