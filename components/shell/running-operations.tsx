"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import type { RunningOperation } from "./operations-dock";

type RunningOperationsProps = {
  operations: readonly RunningOperation[];
  open: boolean;
  onToggle: () => void;
};

export function RunningOperations({ operations, open, onToggle }: RunningOperationsProps) {
  const t = useTranslations("shell");
  const Drawing = open ? ChevronDown : ChevronUp;
  return (
    <section
      aria-label={t("operations.label")}
      className={cn(
        "fixed right-3 bottom-3 z-30 flex max-h-[60dvh] max-w-[calc(100vw-1.5rem)] flex-col overflow-hidden rounded-lg bg-raised text-sm shadow-floating",
        open && "w-80",
      )}
    >
      <h2>
        <button
          type="button"
          aria-expanded={open}
          aria-controls="running-operations"
          onClick={onToggle}
          className="flex h-9 w-full items-center gap-2 px-3 -outline-offset-2 hover:bg-hover pointer-coarse:h-11"
        >
          <Spinner className="text-accent-ink" />
          <span className="flex-1 truncate text-left font-medium">
            {t("operations.running", { count: operations.length })}
          </span>
          <Drawing aria-hidden className="size-4 text-ink-faint" />
        </button>
      </h2>
      <ul
        id="running-operations"
        hidden={!open}
        className={cn("overflow-y-auto border-t", open && "animate-fade")}
      >
        {operations.map((operation) => (
          <OperationRow key={operation.id} operation={operation} />
        ))}
      </ul>
    </section>
  );
}

function OperationRow({ operation }: { operation: RunningOperation }) {
  return (
    <li className="border-b last:border-b-0">
      <Link href={operation.href} className="grid gap-0.5 px-3 py-2 -outline-offset-2 hover:bg-hover">
        <span className="truncate font-medium">{operation.title}</span>
        <span className="line-clamp-2 text-xs text-ink-muted">{operation.step}</span>
        <Progress label={operation.title} value={operation.progress} className="mt-1" />
      </Link>
    </li>
  );
}
