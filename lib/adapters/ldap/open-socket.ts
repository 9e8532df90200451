import { connect as connectPlain, isIP } from "node:net";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ConnectionOptions, TLSSocket } from "node:tls";
import { guardedLookup } from "@/lib/core/outside-address";
import { LdapFailure } from "./failure";
import { readPlace, refusalOfLdapAddress, type DirectoryPlace } from "./refuse-address";
import { askForTls } from "./start-tls";
import type { LdapConfig } from "./types";

type Reach = Pick<LdapConfig, "url" | "startTls" | "caCertificate" | "timeoutSeconds">;

/** A connection that is encrypted and whose other end has shown its certificate. */
export async function openSocket(reach: Reach): Promise<TLSSocket> {
  const refusal = refusalOfLdapAddress(reach);
  if (refusal) throw new LdapFailure("rejected", "address", `the address is refused (${refusal})`);
  const place = readPlace(reach);
  const deadline = AbortSignal.timeout(reach.timeoutSeconds * 1000);
  const options = tlsOptions(reach, place);
  if (place.isTlsFromStart)
    return secured(
      connectTls({ ...options, host: place.host, port: place.port, lookup: guardedLookup }),
      deadline,
    );
  const socket = kept(connectPlain({ host: place.host, port: place.port, lookup: guardedLookup }));
  await opened(socket, "connect", deadline);
  await askForTls(socket, deadline);
  return secured(connectTls({ ...options, host: place.host, socket }), deadline);
}

function tlsOptions(reach: Reach, place: DirectoryPlace): ConnectionOptions {
  return {
    ...(reach.caCertificate === null ? {} : { ca: reach.caCertificate }),
    ...(isIP(place.host) === 0 ? { servername: place.host } : {}),
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
  };
}

async function secured(socket: TLSSocket, deadline: AbortSignal): Promise<TLSSocket> {
  await opened(kept(socket), "secureConnect", deadline);
  return socket;
}

/** An error that comes between two listeners must not end the process. */
function kept<Kind extends Socket>(socket: Kind): Kind {
  return socket.on("error", () => undefined);
}

function opened(socket: Socket, event: "connect" | "secureConnect", deadline: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (error: Error | null) => {
      deadline.removeEventListener("abort", expire);
      socket.off("error", end).off("close", closed).off(event, done);
      if (!error) return resolve();
      socket.destroy();
      reject(error);
    };
    const done = () => end(null);
    const closed = () => end(new Error("the connection was closed"));
    const expire = () =>
      end(new LdapFailure("unavailable", "timeout", "the directory does not answer in time"));
    socket.once("error", end).once("close", closed).once(event, done);
    if (deadline.aborted) expire();
    else deadline.addEventListener("abort", expire);
  });
}
