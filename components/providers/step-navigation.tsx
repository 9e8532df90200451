import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { cn } from "@/components/ui/class-names";
import { LinkButton } from "@/components/ui/link-button";
import { isStepDone, stepHref, stepsOf, type ProviderStep, type StepFacts } from "./provider-steps";

type StepNavigationProps = {
  provider: StepFacts & { id: string };
  hasDirectory: boolean;
  current: ProviderStep;
};

/** The steps as links: each has its own address, and any may be looked at first. */
export function StepNavigation({ provider, hasDirectory, current }: StepNavigationProps) {
  const t = useTranslations("providers.steps");
  return (
    <nav aria-label={t("label")} className="relative overflow-x-auto border-b">
      <ol className="flex sm:gap-1">
        {stepsOf(hasDirectory).map((step, at) => (
          <li key={step}>
            <Link
              href={stepHref(provider.id, step)}
              aria-current={step === current ? "step" : undefined}
              className={cn(
                "-mb-px inline-flex h-10 items-center gap-2 border-b-2 px-2 text-sm sm:px-2.5 font-medium whitespace-nowrap pointer-coarse:h-11",
                step === current
                  ? "border-accent-ink text-ink"
                  : "border-transparent text-ink-muted hover:border-line hover:text-ink",
              )}
            >
              <StepNumber at={at + 1} isDone={isStepDone(step, provider)} doneLabel={t("done")} />
              <span className={step === current ? undefined : "max-sm:sr-only"}>{t(step)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepNumber({ at, isDone, doneLabel }: { at: number; isDone: boolean; doneLabel: string }) {
  return (
    <span
      className={cn(
        "grid size-5 shrink-0 place-items-center rounded-full border text-2xs tabular-nums",
        isDone ? "border-success-solid bg-success-soft text-success" : "border-line text-ink-faint",
      )}
    >
      {isDone ? (
        <>
          <Check aria-hidden className="size-3" strokeWidth={2.5} />
          <span className="sr-only">{doneLabel}</span>
        </>
      ) : (
        at
      )}
    </span>
  );
}

/** The end of a step leads to the one after it. */
export function NextStep({ providerId, step }: { providerId: string; step: ProviderStep }) {
  const t = useTranslations("providers.steps");
  return (
    <div className="flex justify-end border-t pt-4">
      <LinkButton href={stepHref(providerId, step)}>{t("next", { step: t(step) })}</LinkButton>
    </div>
  );
}
