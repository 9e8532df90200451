import { request as httpsRequest } from "node:https";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { rootCertificates } from "node:tls";
import { guardedLookup, refusalOfOutsideAddress } from "@/lib/core/outside-address";
import { ClusterFailure, failureFromAnswer, failureFromSocket } from "./failures";

const connectTimeoutMs = 15_000;
/** Nothing moved for so long: the connection is dead. */
const stalledMs = 60_000;
const answerBytesMax = 64 * 1024;

export interface UploadTarget {
  /** The proxy's address as the cluster or an administrator told it. */
  url: string;
  /** The only authorities trusted, in PEM. */
  ca: string[];
  token: string;
}

export interface SentImage {
  body: Readable;
  sizeBytes: number;
  signal: AbortSignal;
  /** Bytes that have left for the proxy. */
  onSent: (bytes: number) => void;
  /** The last byte has left; the proxy may take its time to answer. */
  onWhole: () => void;
}

/**
 * CDI tells its address as a bare host as well as an https URL.
 * @throws ClusterFailure "rejected" with reason ProxyAddress where no call may go there
 */
export function uploadAddress(told: string): URL {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(told) ? told : `https://${told}`;
  const refusal = refusalOfOutsideAddress(text);
  if (refusal !== null) {
    throw new ClusterFailure("rejected", `the upload proxy's address is refused (${refusal})`, {
      reason: "ProxyAddress",
    });
  }
  return new URL(`${text.replace(/\/+$/, "")}/v1beta1/upload`);
}

/** Whom to trust: a named authority alone, else the cluster's own beside the public ones. */
export function uploadAuthorities(named: string | null, clusterAuthority: string): string[] {
  return named === null ? [...rootCertificates, clusterAuthority] : [named];
}

/**
 * Streams the image to CDI's upload proxy, no faster than the proxy takes it; resolves at its 2xx.
 * @throws ClusterFailure with the proxy's status, or with reason Certificate, ProxyAddress or the socket's code
 */
export async function sendToUploadProxy(target: UploadTarget, image: SentImage): Promise<void> {
  const outgoing = httpsRequest(uploadAddress(target.url), {
    method: "POST",
    agent: false,
    ca: target.ca,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    lookup: guardedLookup,
    timeout: connectTimeoutMs,
    headers: {
      authorization: `Bearer ${target.token}`,
      "content-type": "application/octet-stream",
      "content-length": image.sizeBytes,
      "user-agent": "kubevirt-shepherd",
    },
  });
  const answered = answerOf(outgoing, image.signal);
  pump(outgoing, image);
  const answer = await answered.finally(() => image.body.destroy());
  const status = answer.statusCode ?? 0;
  const body = await readStart(answer);
  outgoing.destroy();
  if (status < 200 || status > 299) throw failureFromAnswer({ status, body, isWrite: false });
}

function answerOf(outgoing: ClientRequest, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const giveUp = () => outgoing.destroy(new ClusterFailure("unavailable", "the upload was given up"));
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    outgoing.once("response", (answer) => {
      answer.once("close", () => signal.removeEventListener("abort", giveUp));
      resolve(answer);
    });
    outgoing.on("timeout", () =>
      outgoing.destroy(
        new ClusterFailure("unavailable", "the upload proxy does not answer", { reason: "Timeout" }),
      ),
    );
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      signal.removeEventListener("abort", giveUp);
      reject(asProxyFailure(error));
    });
  });
}

/** Reads on only when the proxy's side has room. */
function pump(outgoing: ClientRequest, { body, onSent, onWhole }: SentImage): void {
  let sent = 0;
  outgoing.once("socket", (socket) => {
    socket.once("secureConnect", () => {
      outgoing.setTimeout(stalledMs);
      body.on("data", (chunk: Buffer) => {
        const hasRoom = outgoing.write(chunk, () => {
          sent += chunk.length;
          onSent(sent);
        });
        if (!hasRoom) body.pause();
      });
      outgoing.on("drain", () => body.resume());
    });
  });
  body.once("end", () => {
    outgoing.end();
    // Conversion happens before the answer and has its own clock.
    outgoing.setTimeout(0);
    onWhole();
  });
  body.once("error", (error) => outgoing.destroy(error));
}

function asProxyFailure(error: NodeJS.ErrnoException): ClusterFailure {
  if (error instanceof ClusterFailure) return error;
  const words = `${error.code ?? ""} ${error.message}`;
  if (/EADDRREFUSED/.test(words))
    return new ClusterFailure("rejected", error.message, { reason: "ProxyAddress" });
  if (/CERT|UNABLE_TO_|SELF_SIGNED|ERR_TLS|ERR_SSL|altname/i.test(words))
    return new ClusterFailure("rejected", error.message, { reason: "Certificate" });
  return failureFromSocket(error, { isWrite: false, reachedCluster: true });
}

async function readStart(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes > answerBytesMax) break;
  }
  return Buffer.concat(chunks).toString("utf8", 0, answerBytesMax);
}
