import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freePort, listenPlain, listenTls } from "../directory/listen";
import { createCertificates, type Certificates } from "../kubevirt/certificates";
import { createCatcher, type ReceivedPost } from "./catcher";
import { createControl } from "./control";
import { openFaultDesk, type FaultDesk } from "./faults";
import { startMailServer, type ReceivedMail } from "./smtp";

export interface MailboxOptions {
  /** Certificate, password and ports are kept here; without it they live as long as the mailbox. */
  stateFolder?: string;
  /** Those of the last run, or free ones, where not given. */
  ports?: Partial<Ports>;
}

/** Where everything is and how to get in; also what the program prints. */
interface MailboxNews {
  smtp: { host: string; port: number; username: string; password: string };
  /** Any path below it takes messages. */
  hooks: { url: string };
  /** A page that shows what came, and the controls below /control. */
  control: { url: string };
  caCertificate: string;
}

export interface MailboxLab extends MailboxNews {
  mails: ReceivedMail[];
  posts: ReceivedPost[];
  faults: FaultDesk;
  stop(): Promise<void>;
}

interface Ports {
  smtp: number;
  hooks: number;
  control: number;
}

interface Kept extends Certificates {
  password: string;
  ports: Ports;
}

const host = "127.0.0.1";
const username = "shepherd";

/** A mail server and a place for chats' messages, reached over the wire as a company's would be. */
export async function startMailboxLab({ stateFolder, ports = {} }: MailboxOptions = {}): Promise<MailboxLab> {
  const kept = readKept(stateFolder) ?? (await makeKept());
  const wanted = { ...kept.ports, ...ports };
  const faults = openFaultDesk();
  const posts: ReceivedPost[] = [];
  const smtp = await startMailServer({ ...kept, port: await freePort(wanted.smtp), username, faults });
  const hooks = await listenTls(wanted.hooks, kept);
  hooks.answerWith(createCatcher(faults, posts));
  const control = await listenPlain(wanted.control);
  control.answerWith(createControl({ mails: smtp.mails, posts, faults }));
  keep(stateFolder, { ...kept, ports: { smtp: smtp.port, hooks: hooks.port, control: control.port } });
  return {
    smtp: { host, port: smtp.port, username, password: kept.password },
    hooks: { url: `https://${host}:${hooks.port}` },
    control: { url: `http://${host}:${control.port}` },
    caCertificate: kept.caPem,
    ...{ mails: smtp.mails, posts, faults },
    stop: async () => {
      await Promise.all([smtp.stop(), hooks.stop(), control.stop()]);
    },
  };
}

const fileName = "mailbox.json";

function readKept(folder: string | undefined): Kept | null {
  if (folder === undefined || !existsSync(path.join(folder, fileName))) return null;
  const kept: Kept = JSON.parse(readFileSync(path.join(folder, fileName), "utf8"));
  return kept;
}

async function makeKept(): Promise<Kept> {
  const certificates = await createCertificates("mailbox-ca", "mailbox", [host, "localhost"]);
  const password = randomBytes(12).toString("base64url");
  return { ...certificates, password, ports: { smtp: 0, hooks: 0, control: 0 } };
}

/** So that a portal that was told of these servers finds them again. */
function keep(folder: string | undefined, kept: Kept): void {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, fileName), JSON.stringify(kept), { mode: 0o600 });
}
