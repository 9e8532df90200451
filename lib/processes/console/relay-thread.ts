import { workerData } from "node:worker_threads";
import { Relay } from "./relay";
import type { RelayStart, ToRelay } from "./relay-messages";

// Only the console process starts this file, with these values.
const { options, wire } = workerData as RelayStart;
const relay = new Relay(options, (message) => wire.postMessage(message));
wire.on("message", (message: ToRelay) => relay.obey(message));
