import { connectClient, type TemporalServer } from "./connection";

export interface Telling {
  workflowType: string;
  workflowId: string;
  /** With what it begins, where none of that name runs. */
  args: unknown[];
  signal: unknown;
  mayStart: boolean;
}

/** Signals the workflow of that name, and begins it first where it may; gone where there is none and none may begin. */
export async function tellWorkflow(
  server: TemporalServer,
  { workflowType, workflowId, args, signal, mayStart }: Telling,
): Promise<"told" | "gone"> {
  const client = await connectClient(server);
  return client.withDeadline(Date.now() + deadlineMs, async () => {
    if (mayStart) {
      await client.workflow.signalWithStart(workflowType, {
        ...{ workflowId, args, taskQueue: server.taskQueue },
        signal: "happened",
        signalArgs: [signal],
        // One that has been lost begins again from the rows.
        workflowIdReusePolicy: "ALLOW_DUPLICATE",
        workflowIdConflictPolicy: "USE_EXISTING",
      });
      return "told";
    }
    const { WorkflowNotFoundError } = await import("@temporalio/common");
    try {
      await client.workflow.getHandle(workflowId).signal("happened", signal);
      return "told";
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return "gone";
      throw error;
    }
  });
}

const deadlineMs = 10_000;
