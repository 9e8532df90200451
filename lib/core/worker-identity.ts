import { hostname } from "node:os";
import { pid } from "node:process";
import { newId } from "./ids";

/** Names this process in leases and heartbeats; a restarted process is another owner. */
export const workerId = `${hostname()}-${pid}-${newId().slice(-8)}`;
