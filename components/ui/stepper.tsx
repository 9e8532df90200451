import { Check, Minus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { Spinner } from "./spinner";
import { TimeAgo } from "./time-ago";

export type StepState = "done" | "current" | "failed" | "waiting" | "skipped";

export type Step = {
  id: string;
  label: string;
  state: StepState;
  /** One sentence: what is happening, or why it is stuck and what helps. */
  sentence?: ReactNode;
  at?: Date | string | undefined;
  /** 0 to 100, where a number exists. */
  progress?: number | undefined;
};

type StepperProps = {
  steps: readonly Step[];
  label: string;
  direction?: "vertical" | "horizontal" | undefined;
  className?: string | undefined;
};

/** Horizontal needs room: below 768 px it stands upright as well. */
export function Stepper({ steps, label, direction = "vertical", className }: StepperProps) {
  const flat = direction === "horizontal";
  return (
    <ol aria-label={label} className={cn("grid", flat && "md:auto-cols-fr md:grid-flow-col", className)}>
      {steps.map((step, index) => (
        <StepRow key={step.id} step={step} flat={flat} last={index === steps.length - 1} />
      ))}
    </ol>
  );
}

function StepRow({ step, flat, last }: { step: Step; flat: boolean; last: boolean }) {
  return (
    <li
      aria-current={step.state === "current" ? "step" : undefined}
      className={cn(
        "relative flex min-w-0 gap-3",
        !last && "pb-4",
        flat && "md:flex-col md:gap-2 md:pr-3 md:pb-0",
      )}
    >
      {!last && <Connector done={step.state === "done"} flat={flat} />}
      <StepMark state={step.state} />
      <div className="grid min-w-0 flex-1 content-start gap-0.5 text-sm">
        <div className={cn("flex flex-wrap items-baseline justify-between gap-x-3", flat && "md:flex-col")}>
          <span className={cn("font-medium", quiet(step.state) && "font-normal text-ink-faint")}>
            {step.label}
          </span>
          {step.at && <TimeAgo at={step.at} className="text-xs text-ink-faint" />}
        </div>
        {step.sentence && (
          <div className={cn("text-xs", step.state === "failed" ? "text-danger" : "text-ink-muted")}>
            {step.sentence}
          </div>
        )}
        {step.progress !== undefined && <StepProgress value={step.progress} label={step.label} />}
      </div>
    </li>
  );
}

function quiet(state: StepState) {
  return state === "waiting" || state === "skipped";
}

function Connector({ done, flat }: { done: boolean; flat: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        "absolute top-6 bottom-1 left-[9.5px] w-px",
        done ? "bg-success-solid" : "bg-line",
        flat && "md:top-[9.5px] md:right-1.5 md:bottom-auto md:left-6.5 md:h-px md:w-auto",
      )}
    />
  );
}

const marks: Record<StepState, string> = {
  done: "border-success-solid bg-success-soft text-success",
  current: "border-accent-ink bg-accent-soft text-accent-ink",
  failed: "border-danger-solid bg-danger-soft text-danger",
  waiting: "border-dashed border-neutral-solid text-ink-faint",
  skipped: "border-line text-ink-faint",
};

function StepMark({ state }: { state: StepState }) {
  const t = useTranslations("ui");
  return (
    <span
      className={cn(
        "mt-0.5 grid size-5 shrink-0 place-items-center rounded-full border bg-surface",
        marks[state],
      )}
    >
      <MarkDrawing state={state} />
      <span className="sr-only">{t(`step.${state}`)}</span>
    </span>
  );
}

function MarkDrawing({ state }: { state: StepState }) {
  if (state === "done") return <Check aria-hidden className="size-3" strokeWidth={2.5} />;
  if (state === "failed") return <X aria-hidden className="size-3" strokeWidth={2.5} />;
  if (state === "skipped") return <Minus aria-hidden className="size-3" />;
  if (state === "current") return <Spinner className="[&_svg]:size-3" />;
  return null;
}

function StepProgress({ value, label }: { value: number; label: string }) {
  return (
    <span className="mt-1 flex items-center gap-2">
      <progress value={value} max={100} aria-label={label} className="sr-only" />
      <span aria-hidden className="h-1 w-full max-w-56 overflow-hidden rounded-full bg-hover">
        <span
          className="block h-full rounded-full bg-accent transition-[width]"
          style={{ width: `${value}%` }}
        />
      </span>
      <span aria-hidden className="shrink-0 text-xs text-ink-muted tabular-nums">
        {Math.round(value)} %
      </span>
    </span>
  );
}
