const api = await (await fetch('openapi.json')).json();
const secret = document.getElementById('secret');
const template = document.getElementById('call');

function show(path, method, operation) {
  const call = template.content.cloneNode(true);
  const form = call.querySelector('form');
  const answer = call.querySelector('pre');
  const status = call.querySelector('output');
  call.querySelector('.method').textContent = method.toUpperCase();
  call.querySelector('.path').textContent = path;
  call.querySelector('.what').textContent = operation.summary;
  if (operation.parameters) {
    call.querySelector('.query').hidden = false;
    form.query.value = operation.parameters.filter(each => each.required).map(each => `${each.name}=`).join('&');
  }
  if (operation.requestBody) {
    call.querySelector('.body').hidden = false;
    form.body.value = JSON.stringify(operation.requestBody.content['application/json'].example, null, 2);
  }
  form.addEventListener('submit', async event => {
    event.preventDefault();
    status.textContent = '…';
    const query = form.query.value ? `?${form.query.value}` : '';
    const headers = operation.security ? {'x-channelstream-secret': secret.value} : {};
    const body = operation.requestBody ? form.body.value : undefined;
    try {
      const response = await fetch(path.slice(1) + query, {method: method.toUpperCase(), headers, body});
      const text = await response.text();
      status.textContent = `${response.status} ${response.statusText}`;
      answer.textContent = pretty(text);
      answer.hidden = false;
    } catch (failure) {
      status.textContent = failure.message;
    }
  });
  return call;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const calls = Object.entries(api.paths)
    .filter(([path]) => path !== '/ws')
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => show(path, method, operation)));
document.getElementById('calls').replaceChildren(...calls);
