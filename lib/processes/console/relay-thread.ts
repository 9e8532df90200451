import { parentPort, workerData } from "node:worker_threads";
import { Relay } from "./relay";
import type { RelayOptions, ToRelay } from "./relay-messages";

const port = parentPort;
if (port === null) throw new Error("the relay runs in a thread of the console process");

// Only the console process starts this file, with these options.
const relay = new Relay(workerData as RelayOptions, (message) => port.postMessage(message));
port.on("message", (message: ToRelay) => relay.obey(message));
