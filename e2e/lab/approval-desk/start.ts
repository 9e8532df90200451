import { parseArgs } from "node:util";
import { startDeskLab } from "./server";

const { values: flags } = parseArgs({
  options: {
    "signing-key": { type: "string" },
    "callback-secret": { type: "string" },
    "control-port": { type: "string", default: "0" },
    "with-parent": { type: "boolean", default: false },
  },
});

const signingKey = flags["signing-key"];
const lab = await startDeskLab({
  ports: { control: Number(flags["control-port"]) },
  callbackSecret: flags["callback-secret"] ?? null,
  ...(signingKey === undefined ? {} : { signingKey }),
});
const { caPem, webhook, servicenow, jira, controlUrl } = lab;
process.stdout.write(`${JSON.stringify({ ready: true, caPem, webhook, servicenow, jira, controlUrl })}\n`);

const end = () => {
  setTimeout(() => process.exit(0), 2_000).unref();
  void lab.stop().finally(() => process.exit(0));
};
process.once("SIGTERM", end);
process.once("SIGINT", end);
if (flags["with-parent"]) {
  process.once("disconnect", end);
  process.stdin.on("end", end).on("close", end).resume();
}
