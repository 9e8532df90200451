interface HistoryEvent {
  eventId: string;
  eventTime: string;
  eventType: string;
  [attributes: string]: unknown;
}

const taskQueue = { name: "shepherd", kind: "TASK_QUEUE_KIND_NORMAL" };
const metadata = { encoding: Buffer.from("json/plain").toString("base64") };
/** What a worker of this version says of itself with its first task; replays take their cue from it. */
const sdkMetadata = {
  langUsedFlags: [1, 2],
  coreUsedFlags: [1, 2],
  sdkName: "temporal-typescript",
  sdkVersion: "1.24.0",
};

/** Writes a workflow's history as a Temporal server does, in the JSON of its protocol. */
export class HistoryWriter {
  private readonly events: HistoryEvent[] = [];
  private nowMs: number;
  private taskId = "0";
  private activities = 0;
  private timers = 0;
  private openActivity = "0";
  private openTimer = "0";

  constructor(workflowType: string, args: unknown[], nowMs: number) {
    this.nowMs = nowMs;
    this.add("WORKFLOW_EXECUTION_STARTED", "workflowExecutionStartedEventAttributes", {
      workflowType: { name: workflowType },
      taskQueue,
      input: payloads(args),
      workflowExecutionTimeout: "0s",
      workflowRunTimeout: "0s",
      workflowTaskTimeout: "10s",
      originalExecutionRunId: "run",
      firstExecutionRunId: "run",
      attempt: 1,
    });
  }

  signal(signalName: string, args: unknown[], atMs: number): void {
    this.nowMs = Math.max(this.nowMs, atMs);
    this.add("WORKFLOW_EXECUTION_SIGNALED", "workflowExecutionSignaledEventAttributes", {
      signalName,
      input: payloads(args),
    });
  }

  /** @returns the time that the workflow sees while it works on it */
  beginTask(afterMs: number): number {
    const scheduledEventId = this.add("WORKFLOW_TASK_SCHEDULED", "workflowTaskScheduledEventAttributes", {
      taskQueue,
      startToCloseTimeout: "10s",
      attempt: 1,
    });
    this.nowMs += afterMs;
    const startedEventId = this.add("WORKFLOW_TASK_STARTED", "workflowTaskStartedEventAttributes", {
      scheduledEventId,
    });
    this.task = { scheduledEventId, startedEventId };
    return this.nowMs;
  }

  private task = { scheduledEventId: "0", startedEventId: "0" };

  endTask(): void {
    const isFirst = this.taskId === "0";
    this.taskId = this.add("WORKFLOW_TASK_COMPLETED", "workflowTaskCompletedEventAttributes", {
      ...this.task,
      ...(isFirst ? { sdkMetadata } : {}),
    });
  }

  scheduleActivity(name: string, args: unknown[]): void {
    this.activities += 1;
    this.openActivity = this.add("ACTIVITY_TASK_SCHEDULED", "activityTaskScheduledEventAttributes", {
      activityId: String(this.activities),
      activityType: { name },
      taskQueue,
      input: payloads(args),
      startToCloseTimeout: "120s",
      workflowTaskCompletedEventId: this.taskId,
    });
  }

  completeActivity(answer: unknown, atMs: number): void {
    this.nowMs = Math.max(this.nowMs, atMs);
    const scheduledEventId = this.openActivity;
    const startedEventId = this.add("ACTIVITY_TASK_STARTED", "activityTaskStartedEventAttributes", {
      scheduledEventId,
      attempt: 1,
    });
    this.add("ACTIVITY_TASK_COMPLETED", "activityTaskCompletedEventAttributes", {
      ...{ scheduledEventId, startedEventId },
      result: payloads([answer]),
    });
  }

  startTimer(milliseconds: number): void {
    this.timers += 1;
    this.openTimer = this.add("TIMER_STARTED", "timerStartedEventAttributes", {
      timerId: String(this.timers),
      startToFireTimeout: `${milliseconds / 1000}s`,
      workflowTaskCompletedEventId: this.taskId,
    });
  }

  fireTimer(atMs: number): void {
    this.nowMs = Math.max(this.nowMs, atMs);
    const timer = { timerId: String(this.timers), startedEventId: this.openTimer };
    this.add("TIMER_FIRED", "timerFiredEventAttributes", timer);
  }

  cancelTimer(): void {
    this.add("TIMER_CANCELED", "timerCanceledEventAttributes", {
      timerId: String(this.timers),
      startedEventId: this.openTimer,
      workflowTaskCompletedEventId: this.taskId,
    });
  }

  complete(): void {
    this.add("WORKFLOW_EXECUTION_COMPLETED", "workflowExecutionCompletedEventAttributes", {
      workflowTaskCompletedEventId: this.taskId,
    });
  }

  history(): object {
    return { events: this.events };
  }

  private add(type: string, key: string, attributes: object): string {
    const eventId = String(this.events.length + 1);
    const eventTime = new Date(this.nowMs).toISOString();
    this.events.push({ eventId, eventTime, eventType: `EVENT_TYPE_${type}`, [key]: attributes });
    return eventId;
  }
}

function payloads(values: unknown[]): object {
  return {
    payloads: values.map((value) => ({
      metadata,
      data: Buffer.from(JSON.stringify(value)).toString("base64"),
    })),
  };
}
