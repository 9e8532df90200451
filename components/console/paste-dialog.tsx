"use client";

import { useTranslations } from "next-intl";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { guestLayouts, paceMsMax, type GuestLayout } from "@/lib/console/preferences/rules";
import { planPaste, type PastePlan } from "./paste-plan";
import { typeStrokes, type KeyMove } from "./type-strokes";
import { UntypableList } from "./untypable-list";
import type { ConsoleChoices } from "./use-console-choices";

interface PasteDialogProps {
  choices: ConsoleChoices;
  send: (move: KeyMove) => void;
  onClose: () => void;
}

const textLengthMax = 20_000;

/** Types a text into the machine key by key; what cannot be typed is said before anything is sent. */
export function PasteDialog({ choices, send, onClose }: PasteDialogProps) {
  const t = useTranslations("console.paste");
  const { typing, paceMs } = choices.view;
  const [text, setText] = useState("");
  const [layout, setLayout] = useState<GuestLayout>(typing === "as_pressed" ? "us" : typing);
  const deferred = useDeferredValue(text);
  const plan = useMemo(() => planPaste(deferred, layout), [deferred, layout]);
  const run = useTyping({ plan, paceMs, send, onDone: onClose });
  const isReady = deferred === text && plan.strokes.length > 0;
  return (
    <Dialog open onOpenChange={onClose} title={t("title")} description={t("description")} width="lg">
      {run.typed === null ? (
        <>
          <Field name="text" label={t("text")}>
            <Textarea
              mono
              rows={6}
              maxLength={textLengthMax}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <PasteSettings
            {...{ layout, paceMs }}
            onLayout={setLayout}
            onPace={(pace) => choices.changeView({ paceMs: pace })}
          />
          <PlanSummary plan={plan} />
        </>
      ) : (
        <TypingProgress typed={run.typed} total={plan.strokes.length} />
      )}
      <DialogActions>
        <DialogClose>
          <Button>{run.typed === null ? t("cancel") : t("stop")}</Button>
        </DialogClose>
        <Button variant="primary" disabled={!isReady || run.typed !== null} onClick={run.start}>
          {plan.untypableCount === 0 ? t("type") : t("typeRest", { count: plan.untypableCount })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

interface PasteSettingsProps {
  layout: GuestLayout;
  paceMs: number;
  onLayout: (layout: GuestLayout) => void;
  onPace: (paceMs: number) => void;
}

function PasteSettings({ layout, paceMs, onLayout, onPace }: PasteSettingsProps) {
  const t = useTranslations("console.paste");
  const names = useTranslations("console.layouts");
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field name="layout" label={t("layout")} hint={t("layoutHint")}>
        <Select
          value={layout}
          onChange={({ target }) => {
            const chosen = guestLayouts.find((each) => each === target.value);
            if (chosen) onLayout(chosen);
          }}
          options={guestLayouts.map((each) => ({ value: each, label: names(each) }))}
        />
      </Field>
      <Field name="pace" label={t("pace")} hint={t("paceHint")}>
        <Input
          type="number"
          min={0}
          max={paceMsMax}
          defaultValue={paceMs}
          onChange={({ target: { valueAsNumber } }) => {
            if (valueAsNumber >= 0 && valueAsNumber <= paceMsMax) onPace(Math.round(valueAsNumber));
          }}
        />
      </Field>
    </div>
  );
}

function PlanSummary({ plan }: { plan: PastePlan }) {
  const t = useTranslations("console.paste");
  if (plan.characters === 0) return null;
  const { characters, lineBreaks, untypable, untypableCount } = plan;
  return (
    <div role="status" className="grid gap-2 text-sm text-ink-muted">
      <p>{t("summary", { characters, lineBreaks })}</p>
      {untypableCount > 0 && (
        <Callout tone="warning" title={t("untypable", { count: untypableCount })}>
          <UntypableList untypable={untypable} />
        </Callout>
      )}
    </div>
  );
}

function TypingProgress({ typed, total }: { typed: number; total: number }) {
  const t = useTranslations("console.paste");
  return (
    <div className="grid gap-2">
      <Progress label={t("progressLabel")} value={(typed / total) * 100} />
      <p role="status" className="text-sm text-ink-muted tabular-nums">
        {t("progress", { typed, total })}
      </p>
    </div>
  );
}

interface TypingRun {
  plan: PastePlan;
  paceMs: number;
  send: (move: KeyMove) => void;
  onDone: () => void;
}

/** One run of typing; it stops when the dialog goes. */
function useTyping({ plan, paceMs, send, onDone }: TypingRun) {
  const [typed, setTyped] = useState<number | null>(null);
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);

  async function run() {
    const { signal } = (stop.current = new AbortController());
    setTyped(0);
    await typeStrokes({ strokes: plan.strokes, paceMs, signal, send, onProgress: setTyped });
    if (!signal.aborted) onDone();
  }

  return { typed, start: () => void run() };
}
