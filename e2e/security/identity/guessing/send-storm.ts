import type { RefusalSuite } from "../../count-refusals";
import { callDoor, type Answered, type Sent } from "../doors/call-door";
import type { Door } from "../doors/list-doors";

/** How many are on their way at once. */
const atOnce = 40;

/** Sends all of it, many at once, and answers in the order of what was sent. */
export async function sendStorm(door: Door, requests: readonly Sent[]): Promise<Answered[]> {
  const answers: Answered[] = [];
  const rest = requests.entries();
  const send = async () => {
    for (const [at, sent] of rest) answers[at] = await callDoor(door, sent);
  };
  await Promise.all(Array.from({ length: atOnce }, send));
  return answers;
}

/** Counts each answer of a storm, and tells how often each status came. */
export function countAnswers(
  suite: RefusalSuite,
  name: string,
  answers: readonly Answered[],
): Map<string, number> {
  const seen = new Map<string, number>();
  for (const [at, { status, code }] of answers.entries()) {
    const key = code === "" ? String(status) : code;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (status >= 400 && status < 500) suite.refused(`${name} ${at + 1}`);
    else suite.accepted(`${name} ${at + 1}`);
  }
  return seen;
}

/** An address of its own for each number. */
export function addressOf(at: number): Record<string, string> {
  return { "x-shepherd-address": `198.18.${(at >> 8) & 255}.${at & 255}` };
}

/** What stays of an answer when what differs in every answer is taken out. */
export function withoutIds(text: string): string {
  return text.replace(/"request_id":"[^"]*"/, "");
}
