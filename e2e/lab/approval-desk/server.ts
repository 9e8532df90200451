import { randomBytes } from "node:crypto";
import { createCertificates } from "../kubevirt/certificates";
import { listenPlain, listenTls } from "../directory/listen";
import { Board, type DeskKind } from "./board";
import { answerControl } from "./control";
import { decide, type Decision } from "./decide";
import { behindFaults } from "./exchange";
import { jiraDesk } from "./jira-desk";
import { serviceNowDesk } from "./service-now-desk";
import { webhookDesk } from "./webhook-desk";

export interface DeskLabOptions {
  ports?: Partial<Record<DeskKind | "control", number>>;
  /** What the portal knows of the desks; made up where nothing is given. */
  signingKey?: string;
  callbackSecret?: string | null;
  account?: { username: string; password: string };
}

/** Three approval desks on loopback, reached over TLS only, and the page of the people who sit there. */
export interface DeskLab {
  caPem: string;
  webhook: { url: string; statusUrl: string; signingKey: string; callbackSecret: string | null };
  servicenow: { url: string; username: string; password: string };
  jira: { url: string; username: string; password: string };
  controlUrl: string;
  board: Board;
  decide(ticketId: string, decision: Decision): Promise<number | null>;
  setCallbackSecret(secret: string | null): void;
  stop(): Promise<void>;
}

export async function startDeskLab(options: DeskLabOptions = {}): Promise<DeskLab> {
  const tls = await createCertificates("desk-lab-ca", "desk-lab", ["127.0.0.1", "localhost"]);
  const board = new Board();
  const signingKey = options.signingKey ?? randomBytes(24).toString("base64url");
  let callbackSecret = options.callbackSecret ?? null;
  const account = options.account ?? {
    username: "shepherd",
    password: randomBytes(12).toString("base64url"),
  };
  const desks = {
    webhook: webhookDesk(board, { signingKey }),
    servicenow: serviceNowDesk(board, account),
    jira: jiraDesk(board, account),
  };
  const open = async (kind: DeskKind) => {
    const server = await listenTls(options.ports?.[kind] ?? 0, tls);
    server.answerWith(behindFaults(board, kind, desks[kind]));
    return server;
  };
  const [webhook, servicenow, jira] = [await open("webhook"), await open("servicenow"), await open("jira")];
  const control = await listenPlain(options.ports?.control ?? 0);
  control.answerWith(answerControl({ board, callbackSecret: () => callbackSecret }));
  const urlOf = ({ port }: { port: number }) => `https://127.0.0.1:${port}`;
  return {
    caPem: tls.caPem,
    webhook: {
      url: `${urlOf(webhook)}/approvals`,
      statusUrl: `${urlOf(webhook)}/approvals/status`,
      ...{ signingKey, callbackSecret },
    },
    servicenow: { url: urlOf(servicenow), ...account },
    jira: { url: urlOf(jira), ...account },
    controlUrl: `http://127.0.0.1:${control.port}`,
    board,
    decide: async (ticketId, decision) => {
      const item = board.items.find((one) => one.ticketId === ticketId);
      if (item === undefined) throw new Error(`no desk has ${ticketId}`);
      return decide(board, item, { decision, callbackSecret });
    },
    setCallbackSecret: (secret) => {
      callbackSecret = secret;
    },
    stop: async () => {
      await Promise.all([webhook, servicenow, jira, control].map((one) => one.stop()));
    },
  };
}
