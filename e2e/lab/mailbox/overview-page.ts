import { escapeMarkup } from "../directory/html-page";
import type { ReceivedPost } from "./catcher";
import type { ReceivedMail } from "./smtp";

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
details{border:1px solid #8888;border-radius:.5rem;padding:.5rem 1rem;margin:.5rem 0}pre{white-space:pre-wrap;overflow-wrap:anywhere}
iframe{width:100%;height:20rem;border:1px solid #8888;background:#fff}`;

/** What came, newest first. Mail is shown in a frame that runs no script and opens nothing. */
export function overviewPage({ mails, posts }: { mails: ReceivedMail[]; posts: ReceivedPost[] }): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mailbox of the lab</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head>
<body><main><h1>Mailbox of the lab</h1>
<h2>Mail (${mails.length})</h2>${mails.toReversed().map(mailEntry).join("")}
<h2>Posts (${posts.length})</h2>${posts.toReversed().map(postEntry).join("")}
</main></body></html>`;
}

function mailEntry(mail: ReceivedMail): string {
  return `<details><summary><strong>${escapeMarkup(mail.subject)}</strong> · ${escapeMarkup(mail.to.join(", "))} · ${mail.at}</summary>
<pre>${escapeMarkup(mail.text)}</pre><iframe sandbox srcdoc="${escapeMarkup(mail.html)}"></iframe></details>`;
}

function postEntry(post: ReceivedPost): string {
  return `<details><summary><strong>${escapeMarkup(post.path)}</strong> · ${post.status} · ${post.at}</summary>
<pre>${escapeMarkup(JSON.stringify(post.headers, null, 2))}\n\n${escapeMarkup(post.body)}</pre></details>`;
}
