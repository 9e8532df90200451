"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { usualMapping } from "@/lib/requests/desks/rules";
import type { DeskDetail } from "@/lib/requests/desks/schema";
import { deskMeanings, type DeskMeaning } from "@/lib/vocabulary/approval-desks";

interface Line {
  key: number;
  word: string;
  meaning: DeskMeaning;
}

type MappingEditorProps = { type: DeskDetail["type"]; mapping: DeskDetail["statusMapping"] };

/** The desk's own words, and what each means here; the usual ones need no line. */
export function MappingEditor({ type, mapping }: MappingEditorProps) {
  const t = useTranslations("desks.mapping");
  const [lines, setLines] = useState<Line[]>(() =>
    Object.entries(mapping).map(([word, meaning], key) => ({ key, word, meaning })),
  );
  const change = (key: number, part: Partial<Line>) =>
    setLines((all) => all.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const add = () =>
    setLines((all) => [
      ...all,
      { key: Math.max(-1, ...all.map(({ key }) => key)) + 1, word: "", meaning: "approved" },
    ]);
  const written = lines.filter(({ word }) => word.trim() !== "");
  const value = JSON.stringify(Object.fromEntries(written.map(({ word, meaning }) => [word, meaning])));
  return (
    <div className="grid gap-3">
      <input type="hidden" name="statusMapping" value={value} />
      <UsualWords type={type} />
      {lines.map((line) => (
        <MappingLine
          key={line.key}
          line={line}
          onChange={(part) => change(line.key, part)}
          onRemove={() => setLines((all) => all.filter(({ key }) => key !== line.key))}
        />
      ))}
      <Button type="button" size="sm" onClick={add} className="justify-self-start">
        {t("add")}
      </Button>
    </div>
  );
}

type MappingLineProps = { line: Line; onChange: (part: Partial<Line>) => void; onRemove: () => void };

function MappingLine({ line, onChange, onRemove }: MappingLineProps) {
  const t = useTranslations("desks.mapping");
  return (
    <div className="flex items-center gap-2">
      <Input
        aria-label={t("word")}
        placeholder={t("wordExample")}
        value={line.word}
        maxLength={100}
        onChange={({ target }) => onChange({ word: target.value })}
        className="min-w-0 flex-1"
      />
      <Select
        aria-label={t("meaning")}
        value={line.meaning}
        onChange={({ target }) => {
          const meaning = deskMeanings.find((one) => one === target.value);
          if (meaning) onChange({ meaning });
        }}
        options={deskMeanings.map((one) => ({ value: one, label: t(`means.${one}`) }))}
        className="w-36 shrink-0"
      />
      <IconButton label={t("remove")} onClick={onRemove}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}

function UsualWords({ type }: { type: DeskDetail["type"] }) {
  const t = useTranslations("desks.mapping");
  const words = Object.entries(usualMapping(type)).map(
    ([word, meaning]) => `${word} → ${t(`means.${meaning}`)}`,
  );
  return <p className="text-xs text-ink-muted">{t("usual", { words: words.join(" · ") })}</p>;
}
