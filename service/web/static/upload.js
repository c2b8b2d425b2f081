// Upload: several files, dropped or chosen; one request and one progress bar a file, then htmx shows how it stands.
(() => {
  const form = document.getElementById("upload");
  const input = document.getElementById("files");
  const list = document.getElementById("uploads");
  const card = document.getElementById("sent-card");
  const template = document.getElementById("upload-row");
  const token = form.elements.csrf_token.value;
  const waiting = [];
  const AT_ONCE = 3;
  let running = 0;

  const addRow = (file) => {
    const row = template.content.firstElementChild.cloneNode(true);
    row.querySelector(".name").textContent = file.name;
    row.querySelector("progress").setAttribute("aria-label", `Upload of ${file.name}`);
    list.prepend(row);
    card.hidden = false;
    return row;
  };

  const fail = (row, text) => {
    const state = row.querySelector(".state");
    state.textContent = text;
    state.classList.add("problem");
    row.querySelector("progress").remove();
  };

  const reason = (request) => {
    if (request.status === 413) return "Too large";
    if (request.status === 0) return "No connection";
    return "Not accepted";
  };

  const finish = (request, row) => {
    running -= 1;
    if (request.status === 202) {
      row.insertAdjacentHTML("afterend", request.responseText);
      window.htmx.process(row.nextElementSibling);
      row.remove();
    } else {
      fail(row, reason(request));
    }
    next();
  };

  const send = ({ file, row }) => {
    running += 1;
    const body = new FormData();
    body.append("csrf_token", token);
    body.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => {
      row.querySelector("progress").value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
      row.querySelector(".state").textContent = event.loaded === event.total ? "Storing" : "Sending";
    });
    request.addEventListener("loadend", () => finish(request, row));
    request.send(body);
  };

  const next = () => {
    while (running < AT_ONCE && waiting.length) send(waiting.shift());
  };

  const take = (files) => {
    for (const file of files) waiting.push({ file, row: addRow(file) });
    next();
  };

  const takeChosen = () => {
    take([...input.files]);
    form.reset();
  };
  input.addEventListener("change", takeChosen);
  takeChosen(); // what was chosen before this script was here
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.remove("over");
    });
  }
  form.addEventListener("drop", (event) => take([...event.dataTransfer.files]));
})();
