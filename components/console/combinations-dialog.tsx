"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { combinationsMax } from "@/lib/console/preferences/rules";
import type { KeyCombination } from "@/lib/console/preferences/schema";
import { keyOf, nameOfKeys, offeredKeys, withKey, type RecordedKey } from "./record-keys";
import type { ConsoleChoices } from "./use-console-choices";

interface CombinationsDialogProps {
  choices: ConsoleChoices;
  onClose: () => void;
}

/** A person's own key combinations: press them once, name them, have them on every console. */
export function CombinationsDialog({ choices, onClose }: CombinationsDialogProps) {
  const t = useTranslations("console.combinations");
  const { combinations, changeCombinations } = choices;
  const isFull = combinations.length >= combinationsMax;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("title")}
      description={t("description", { max: combinationsMax })}
    >
      <CombinationList
        combinations={combinations}
        onRemove={(name) => void changeCombinations(combinations.filter((each) => each.name !== name))}
      />
      {isFull ? (
        <p className="text-sm text-ink-muted">{t("full", { max: combinationsMax })}</p>
      ) : (
        <NewCombination
          taken={combinations.map(({ name }) => name)}
          onAdd={(added) => changeCombinations([...combinations, added])}
        />
      )}
      <DialogActions>
        <DialogClose>
          <Button>{t("done")}</Button>
        </DialogClose>
      </DialogActions>
    </Dialog>
  );
}

interface CombinationListProps {
  combinations: readonly KeyCombination[];
  onRemove: (name: string) => void;
}

function CombinationList({ combinations, onRemove }: CombinationListProps) {
  const t = useTranslations("console.combinations");
  if (combinations.length === 0) return <p className="text-sm text-ink-muted">{t("empty")}</p>;
  return (
    <ul className="divide-y rounded-md border text-sm">
      {combinations.map(({ name, keys }) => (
        <li key={name} className="flex items-center justify-between gap-3 px-3 py-1.5">
          <span className="min-w-0 break-words">
            {name} <span className="text-ink-faint">{nameOfKeys(keys)}</span>
          </span>
          <IconButton size="icon-sm" label={t("remove", { name })} onClick={() => onRemove(name)}>
            <Trash2 aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

interface NewCombinationProps {
  taken: readonly string[];
  onAdd: (added: KeyCombination) => Promise<boolean>;
}

function NewCombination({ taken, onAdd }: NewCombinationProps) {
  const t = useTranslations("console.combinations");
  const [keys, setKeys] = useState<readonly RecordedKey[]>([]);
  const [name, setName] = useState("");
  const called = name.trim() || nameOfKeys(keys);
  const isTaken = taken.includes(called);

  async function add() {
    if (!(await onAdd({ name: called.slice(0, 40), keys: [...keys] }))) return;
    setKeys([]);
    setName("");
  }

  return (
    <div className="grid gap-4">
      <KeyRecorder keys={keys} onChange={setKeys} />
      <Field name="name" label={t("name")} optional {...(isTaken ? { error: t("taken") } : {})}>
        <Input
          maxLength={40}
          value={name}
          placeholder={nameOfKeys(keys)}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <div>
        <Button disabled={keys.length === 0 || isTaken} onClick={() => void add()}>
          {t("add")}
        </Button>
      </div>
    </div>
  );
}

interface KeyRecorderProps {
  keys: readonly RecordedKey[];
  onChange: (keys: readonly RecordedKey[]) => void;
}

function KeyRecorder({ keys, onChange }: KeyRecorderProps) {
  const t = useTranslations("console.combinations");

  function record(event: KeyboardEvent) {
    // Whoever moves through the page by keyboard gets past; both keys are among the buttons below.
    if (event.key === "Tab" || event.key === "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onChange(withKey(keys, keyOf(event)));
  }

  return (
    <div className="grid gap-2">
      <Field name="keys" label={t("keys")} hint={t("keysHint")}>
        <Input readOnly value={nameOfKeys(keys)} placeholder={t("press")} onKeyDown={record} />
      </Field>
      <div className="flex flex-wrap gap-1">
        {offeredKeys.map((key) => (
          <Button key={key.code} size="sm" onClick={() => onChange(withKey(keys, key))}>
            {nameOfKeys([key])}
          </Button>
        ))}
        <Button size="sm" variant="ghost" disabled={keys.length === 0} onClick={() => onChange([])}>
          {t("clear")}
        </Button>
      </div>
    </div>
  );
}
