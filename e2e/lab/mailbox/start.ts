import { parseArgs } from "node:util";
import { startMailboxLab } from "./server";

const { values: flags } = parseArgs({
  options: {
    state: { type: "string" },
    "with-parent": { type: "boolean", default: false },
  },
});

const mailbox = await startMailboxLab({
  ...(flags.state !== undefined && { stateFolder: flags.state }),
});
endWithSignals();
const { smtp, hooks, control, caCertificate } = mailbox;
process.stdout.write(`${JSON.stringify({ ready: true, smtp, hooks, control, caCertificate })}\n`);

function endWithSignals(): void {
  const end = () => {
    setTimeout(() => process.exit(0), 800).unref();
    void mailbox.stop().finally(() => process.exit(0));
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  if (!flags["with-parent"]) return;
  process.once("disconnect", end);
  process.stdin.on("end", end).on("close", end).resume();
}
