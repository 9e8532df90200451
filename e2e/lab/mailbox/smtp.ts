import { once } from "node:events";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import type { SMTPServerOptions } from "smtp-server";
import type { FaultDesk } from "./faults";

export interface ReceivedMail {
  at: string;
  from: string;
  to: string[];
  subject: string;
  messageId: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  /** As it came over the wire. */
  raw: string;
  isEncrypted: boolean;
  user: string | null;
}

export interface MailServer {
  port: number;
  mails: ReceivedMail[];
  stop(): Promise<void>;
}

interface MailServerOptions {
  port: number;
  certificatePem: string;
  keyPem: string;
  username: string;
  password: string;
  faults: FaultDesk;
}

const host = "127.0.0.1";

/** A real SMTP server with STARTTLS that keeps what it gets; whoever does not sign in gets rid of nothing. */
export async function startMailServer(options: MailServerOptions): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer(settingsOf(options, mails));
  server.on("error", () => undefined);
  const listener = server.listen(options.port, host);
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("the mail server has no port");
  return {
    port: address.port,
    mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function settingsOf(options: MailServerOptions, mails: ReceivedMail[]): SMTPServerOptions {
  const { certificatePem, keyPem, username, password, faults } = options;
  return {
    cert: certificatePem,
    key: keyPem,
    name: "mailbox.lab",
    minVersion: "TLSv1.2",
    closeTimeout: 500,
    disableReverseLookup: true,
    onAuth(auth, _session, done) {
      if (auth.username === username && auth.password === password)
        return done(null, { user: auth.username });
      done(new Error("535 the user name or the password is wrong"));
    },
    onRcptTo(_address, _session, done) {
      done(faults.current.refuseRecipients ? refusal(550, "no such mailbox") : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailCode } = faults.current;
        if (mailCode !== undefined && faults.takeMail()) return done(refusal(mailCode, "not now"));
        void keep(Buffer.concat(chunks), session).then((mail) => {
          mails.push(mail);
          done();
        }, done);
      });
    },
  };
}

interface Session {
  secure: boolean;
  user?: unknown;
  envelope: { mailFrom: false | { address: string }; rcptTo: { address: string }[] };
}

async function keep(raw: Buffer, { secure, user, envelope }: Session): Promise<ReceivedMail> {
  const parsed = await simpleParser(raw);
  return {
    at: new Date().toISOString(),
    from: envelope.mailFrom === false ? "" : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
    subject: parsed.subject ?? "",
    messageId: parsed.messageId ?? "",
    text: parsed.text ?? "",
    html: parsed.html || "",
    headers: Object.fromEntries(parsed.headerLines.map(({ key, line }) => [key, line])),
    raw: raw.toString("utf8"),
    isEncrypted: secure,
    user: typeof user === "string" ? user : null,
  };
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
