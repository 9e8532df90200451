import { z } from "zod";
import { OutsideFetchFailure } from "@/lib/core/outside-fetch";
import type {
  Desk,
  DeskCall,
  DeskMeaning,
  DeskPlace,
  DeskQuestion,
  DeskReceipt,
  DeskStatus,
} from "@/lib/vocabulary/approval-desks";

export interface JiraSettings {
  /** Of the site, such as https://example.atlassian.net */
  url: string;
  authorization: string | null;
  headers: Record<string, string>;
  projectKey: string;
  issueType: string;
  cancelTransition: string;
  meaningOf: (word: string) => DeskMeaning;
}

type Answer = Awaited<ReturnType<DeskCall>>;
type Send = (method: "GET" | "POST", path: string, body?: object) => Promise<Answer>;

/** Jira's REST API, version 2: one issue per request, found again by its label. */
export function jiraDesk(call: DeskCall, settings: JiraSettings): Desk {
  const base = `${settings.url.replace(/\/+$/, "")}/rest/api/2`;
  const send: Send = (method, path, body) =>
    call({
      method,
      url: `${base}${path}`,
      headers: headersOf(settings, body !== undefined),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const create = async (question: DeskQuestion) =>
    readAs(createdIssue, required(await send("POST", "/issue", issueOf(settings, question)))).key;
  return {
    submit: async (question, again) => {
      const known = again ? await findIssue(send, settings, question.reference) : null;
      return receiptOf(settings, known ?? (await create(question)));
    },
    checkStatus: async ({ reference, externalId }: DeskPlace) => {
      const key = externalId ?? (await findIssue(send, settings, reference));
      if (key === null) return { meaning: "cancelled", word: "unknown" };
      const answer = await send("GET", `/issue/${encodeURIComponent(key)}?fields=status&expand=changelog`);
      if (answer.status === 404) return { meaning: "cancelled", word: "unknown" };
      return statusOf(settings, readAs(issue, required(answer)));
    },
    cancel: async ({ reference, externalId }: DeskPlace, reason: string) => {
      const key = externalId ?? (await findIssue(send, settings, reference));
      if (key !== null) await closeIssue(send, settings, { key, reason });
    },
    test: async (question: DeskQuestion) => {
      const key = await create(question);
      await closeIssue(send, settings, {
        key,
        reason: "Shepherd tried the connection; nothing is to be decided.",
      });
      return key;
    },
  };
}

function headersOf({ headers, authorization }: JiraSettings, hasBody: boolean): Record<string, string> {
  return {
    ...headers,
    accept: "application/json",
    ...(hasBody ? { "content-type": "application/json" } : {}),
    ...(authorization === null ? {} : { authorization }),
  };
}

function issueOf({ projectKey, issueType }: JiraSettings, { reference, title, summary }: DeskQuestion) {
  return {
    fields: {
      project: { key: projectKey },
      issuetype: { name: issueType },
      summary: title.slice(0, 250),
      description: summary,
      labels: ["shepherd", labelOf(reference)],
    },
  };
}

function labelOf(reference: string): string {
  return `shepherd-${reference}`;
}

/** Atlassian's cloud has moved the search; Jira of one's own keeps it where it was. */
async function findIssue(send: Send, { url }: JiraSettings, reference: string): Promise<string | null> {
  const isCloud = new URL(url).hostname.endsWith(".atlassian.net");
  const query = new URLSearchParams({
    jql: `labels = "${labelOf(reference)}"`,
    fields: "status",
    maxResults: "1",
  });
  const answer = await send("GET", `/search${isCloud ? "/jql" : ""}?${query}`);
  return readAs(z.object({ issues: z.array(createdIssue) }), required(answer)).issues[0]?.key ?? null;
}

/** Through its workflow where that has such a way, else by a comment that says so. */
async function closeIssue(
  send: Send,
  { cancelTransition }: JiraSettings,
  { key, reason }: { key: string; reason: string },
): Promise<void> {
  const path = `/issue/${encodeURIComponent(key)}`;
  const answer = await send("GET", `${path}/transitions`);
  if (answer.status === 404) return;
  const wanted = cancelTransition.toLowerCase();
  const found = readAs(transitionList, required(answer)).transitions.find(
    ({ name, to }) => name.toLowerCase() === wanted || to?.name.toLowerCase() === wanted,
  );
  required(
    await send("POST", `${path}/comment`, { body: reason === "" ? "Withdrawn in Shepherd." : reason }),
  );
  if (found !== undefined)
    required(await send("POST", `${path}/transitions`, { transition: { id: found.id } }));
}

function required(answer: Answer): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw new OutsideFetchFailure("rejected", "answer", `Jira answers ${answer.status}`);
}

const createdIssue = z.object({ key: z.string().min(1).max(100) });
const transitionList = z.object({
  transitions: z.array(
    z.object({ id: z.string(), name: z.string(), to: z.object({ name: z.string() }).nullish() }),
  ),
});
const author = z.object({
  displayName: z.string().nullish(),
  name: z.string().nullish(),
  emailAddress: z.string().nullish(),
  accountId: z.string().nullish(),
});
const issue = z.object({
  key: z.string(),
  fields: z.object({ status: z.object({ name: z.string() }) }),
  changelog: z
    .object({
      histories: z.array(
        z.object({
          id: z.string(),
          created: z.string().nullish(),
          author: author.nullish(),
          items: z.array(z.object({ field: z.string(), toString: z.unknown() })),
        }),
      ),
    })
    .nullish(),
});

/** Who decided is whoever moved the issue into the state it is in, by its own history. */
function statusOf(settings: JiraSettings, { key, fields, changelog }: z.output<typeof issue>): DeskStatus {
  const word = fields.status.name;
  const meaning = settings.meaningOf(word);
  if (meaning === "pending" || meaning === "cancelled") return { meaning, word };
  const moves = (changelog?.histories ?? [])
    .filter(({ items }) => items.some((item) => item.field === "status" && item.toString === word))
    .sort((a, b) => Number(a.id) - Number(b.id));
  const last = moves.at(-1);
  const knownAs = namesOf(last?.author ?? null);
  if (last === undefined || knownAs[0] === undefined)
    throw new OutsideFetchFailure("rejected", "answer", "Jira does not say who decided");
  return {
    meaning: "decided",
    word,
    verdict: {
      approved: meaning === "approved",
      approver: { name: last.author?.displayName ?? knownAs[0], knownAs },
      providerDecisionId: `${key}:${last.id}`,
      comment: null,
    },
  };
}

function namesOf(person: z.output<typeof author> | null): string[] {
  if (person === null) return [];
  const { name, emailAddress, displayName, accountId } = person;
  return [name, emailAddress, displayName, accountId].filter(
    (one): one is string => typeof one === "string" && one !== "",
  );
}

function receiptOf({ url }: JiraSettings, key: string): DeskReceipt {
  return {
    externalId: key,
    externalUrl: `${url.replace(/\/+$/, "")}/browse/${encodeURIComponent(key)}`,
  };
}

function readAs<Shape extends z.ZodType>(shape: Shape, { text }: Answer): z.output<Shape> {
  const read = shape.safeParse(readJson(text));
  if (read.success) return read.data;
  throw new OutsideFetchFailure("rejected", "answer", "Jira's answer cannot be read");
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
