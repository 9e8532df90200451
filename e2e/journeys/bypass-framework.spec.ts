import { openClient } from "./api-client";
import { expect, test } from "@/e2e/fixtures";
import { openSuite } from "@/e2e/security/count-refusals";
import { actionPosts } from "@/e2e/security/identity/framework/action-posts";
import { spellPath } from "@/e2e/security/identity/framework/path-spellings";
import {
  sendAll,
  sendRaw,
  type RawAnswer,
  type RawRequest,
} from "@/e2e/security/identity/framework/send-raw";
import { steeringHeaders } from "@/e2e/security/identity/framework/steering-headers";
import { z } from "zod";

const inputsMin = 1_200;
const created = z.object({ id: z.string() });

/** Something only its owner may read, and where it stands. */
interface Guarded {
  canary: string;
  pages: string[];
  routes: string[];
  cookie: string;
  /** Ends the session behind the cookie. */
  leave: () => Promise<void>;
}

test("nobody without a session gets behind the front, whatever they send", async ({ stack }) => {
  test.setTimeout(600_000);
  const suite = openSuite("framework bypass");
  const guarded = await aGuardedSystem();
  await requireControl(guarded);
  const problems: string[] = [];
  const judgeBy = (isRefused: (answer: RawAnswer) => boolean) => (request: RawRequest, answer: RawAnswer) => {
    if (isRefused(answer)) return suite.refused(request.name);
    suite.accepted(request.name);
    problems.push(
      `${request.name}: ${answer.status} ${answer.headers["content-type"] ?? ""} ${answer.text.slice(0, 80)}`,
    );
  };
  await sendAll(
    stack.url,
    readsOf(guarded),
    judgeBy((answer) => isWithout(answer, guarded.canary)),
  );
  await sendAll(stack.url, actionPosts(stack.url), judgeBy(isAnsweredByUs));
  expect.soft(problems).toEqual([]);
  suite.print(inputsMin);
  await guarded.leave();

  async function aGuardedSystem(): Promise<Guarded> {
    const dana = await openClient(stack, "dana");
    const canary = `canary${Date.now().toString(36)}`;
    const body = { name: `c${Date.now().toString(36)}`, description: canary };
    const { id } = created.parse((await dana.send("POST", "/api/v1/systems", body)).body);
    const cookie = await dana.cookies();
    const pages = [`/systems/${id}`, "/systems"];
    const routes = [`/api/v1/systems/${id}`, "/api/v1/systems"];
    return { canary, pages, routes, cookie, leave: () => dana.close() };
  }

  /** With the session the same addresses do show it, or nothing would be proved. */
  async function requireControl({ canary, pages, routes, cookie }: Guarded): Promise<void> {
    for (const path of [...pages, ...routes]) {
      const { text } = await sendRaw(stack.url, { name: path, method: "GET", path, headers: { cookie } });
      expect(text, path).toContain(canary);
    }
  }

  function readsOf({ pages, routes }: Guarded): RawRequest[] {
    const paths = [...pages, ...routes];
    const steering = steeringHeaders(stack.url);
    const get = (
      name: string,
      path: string,
      headers: Record<string, string> = {},
      method = "GET",
    ): RawRequest => ({
      name: `${method} ${path} ${name}`,
      method,
      path,
      headers,
    });
    const some = [
      {},
      { rsc: "1" },
      { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
    ];
    return [
      ...paths.flatMap((path) => steering.map(([name, headers]) => get(name, path, headers))),
      ...paths.flatMap((path) =>
        spellPath(path).flatMap((spelling) =>
          some.map((headers) => get(JSON.stringify(headers), spelling, headers)),
        ),
      ),
      ...paths.flatMap((path) =>
        ["HEAD", "OPTIONS", "TRACE", "PROPFIND", "SEARCH", "QUERY", "get"].map((method) =>
          get("", path, {}, method),
        ),
      ),
    ];
  }
});

function isWithout({ status, text, headers }: RawAnswer, canary: string): boolean {
  return status < 500 && !`${text} ${JSON.stringify(headers)}`.includes(canary);
}

/** A refusal in our own words, or a redirection to another spelling: neither is the framework's answer to an action. */
function isAnsweredByUs({ status, text, headers }: RawAnswer): boolean {
  if (status === 308 || status === 400 || status === 0)
    return !/x-component/.test(headers["content-type"] ?? "");
  if (status < 400 || status >= 500) return false;
  return /^\{"code":"[A-Z_]+"/.test(text) || (status === 405 && text === "");
}
