const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Fit for text and for quoted attributes, of HTML and of XML. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:24rem;margin:10vh auto;padding:0 1rem;color-scheme:light dark}
label{display:block;margin:.75rem 0 .25rem}input,button{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}
button{margin-top:1rem}[role=alert]{color:#c62828}`;

export function htmlPage(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeMarkup(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head>
<body><main><h1>${escapeMarkup(title)}</h1>${body}</main></body></html>`;
}

export interface LoginForm {
  server: string;
  action: string;
  hidden?: Record<string, string>;
  username?: string;
  problem?: string;
}

export function loginPage({ server, action, hidden = {}, username = "", problem }: LoginForm): string {
  const fields = hiddenFields(hidden);
  const alert = problem === undefined ? "" : `<p role="alert">${escapeMarkup(problem)}</p>`;
  return htmlPage(
    server,
    `${alert}<form method="post" action="${escapeMarkup(action)}">${fields}
<label for="username">User name</label>
<input id="username" name="username" value="${escapeMarkup(username)}" autocomplete="username" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button></form>`,
  );
}

export function hiddenFields(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(
      ([name, value]) => `<input type="hidden" name="${escapeMarkup(name)}" value="${escapeMarkup(value)}">`,
    )
    .join("");
}

export function problemPage(title: string, problem: string): string {
  return htmlPage(title, `<p role="alert">${escapeMarkup(problem)}</p>`);
}
