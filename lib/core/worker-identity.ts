import { hostname } from "node:os";
import { newId } from "./ids";

/** Names this process in leases and heartbeats; a restarted process is another owner. */
export const workerId = `${hostname()}-${newId().slice(-8)}`;
