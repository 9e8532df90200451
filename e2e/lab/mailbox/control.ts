import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody, type ReceivedPost } from "./catcher";
import { mailboxFaults, type FaultDesk } from "./faults";
import { overviewPage } from "./overview-page";
import type { ReceivedMail } from "./smtp";

export interface MailboxParts {
  mails: ReceivedMail[];
  posts: ReceivedPost[];
  faults: FaultDesk;
}

/** Plain HTTP on this machine: a page for people, and JSON for tests in another process. */
export function createControl(parts: MailboxParts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const route = `${request.method} ${(request.url ?? "").split("?")[0]}`;
    switch (route) {
      case "GET /":
        return void response
          .writeHead(200, { "content-type": "text/html; charset=utf-8" })
          .end(overviewPage(parts));
      case "GET /control/mails":
        return answer(response, { mails: parts.mails });
      case "GET /control/posts":
        return answer(response, { posts: parts.posts });
      case "DELETE /control/received":
        parts.mails.length = 0;
        parts.posts.length = 0;
        return answer(response, {});
      case "PUT /control/faults":
        parts.faults.set(mailboxFaults.parse(JSON.parse(await readBody(request))));
        return answer(response, parts.faults.current);
      case "DELETE /control/faults":
        parts.faults.clear();
        return answer(response, {});
      default:
        response.writeHead(404, { "content-type": "text/plain" }).end("There is nothing here.");
    }
  };
}

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}
