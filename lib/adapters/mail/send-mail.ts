import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { createTransport } from "nodemailer";
import type SMTPTransport from "nodemailer/lib/smtp-transport";
import { isReservedAddress } from "@/lib/core/outside-address";
import { MailFailure, asMailFailure } from "./failures";

export interface MailConnection {
  host: string;
  port: number;
  /** starttls: begins in the clear and refuses to go on without TLS; none is for this very machine alone. */
  security: "starttls" | "tls" | "none";
  username: string | null;
  password: string | null;
  /** The only authority trusted, in PEM; without it, those that Node trusts. */
  caCertificate: string | null;
}

export interface Mail {
  /** The same at every attempt, so that a mail that came twice is recognised as one. */
  messageId: string;
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

const connectMs = 10_000;
const wholeMs = 45_000;

/**
 * One mail over SMTP.
 * @returns the server's own word that it has taken the mail
 * @throws MailFailure
 */
export async function sendMail(server: MailConnection, mail: Mail): Promise<string> {
  const address = await resolveHost(server.host);
  if (server.security === "none" && !isLoopback(address)) {
    throw new MailFailure("rejected", "insecure", `${server.host} is reached over a network without TLS`);
  }
  const transport = createTransport(optionsOf(server, address));
  const timer = setTimeout(() => transport.close(), wholeMs);
  try {
    const taken = await transport.sendMail({
      ...mail,
      date: new Date(),
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return taken.response;
  } catch (error) {
    throw asMailFailure(error, `${server.host}:${server.port}`);
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}

function optionsOf(server: MailConnection, address: string): SMTPTransport.Options {
  const isOpen = server.security === "none";
  return {
    // Connecting to what was looked at, so that a name cannot lead elsewhere between the look and the call.
    host: address,
    port: server.port,
    secure: server.security === "tls",
    requireTLS: server.security === "starttls",
    ignoreTLS: isOpen,
    ...(isOpen ? {} : { tls: tlsOf(server) }),
    ...(server.username === null ? {} : { auth: { user: server.username, pass: server.password ?? "" } }),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: connectMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function tlsOf({ host, caCertificate }: MailConnection): SMTPTransport.Options["tls"] {
  return {
    // What was typed is what the certificate has to name, and not the address it led to.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(caCertificate === null ? {} : { ca: caCertificate }),
    minVersion: "TLSv1.2",
    rejectUnauthorized: true,
  };
}

async function resolveHost(host: string): Promise<string> {
  const address = isIP(host) === 0 ? await lookUp(host) : host;
  if (isReservedAddress(address)) {
    throw new MailFailure("rejected", "address", `${host} leads to an address that is refused`);
  }
  return address;
}

async function lookUp(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch (error) {
    throw asMailFailure(error, host);
  }
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

function isLoopback(address: string): boolean {
  return loopback.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
