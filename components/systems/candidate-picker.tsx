"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type KeyboardEvent } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";
import type { CandidateRow } from "@/lib/access/members/schema";
import { useCandidates, type FindCandidates } from "./use-candidates";

/** Finds one person by the beginning of a name and posts them as `userId`; the arrow keys choose, Enter takes. */
export function CandidatePicker({ find }: { find: FindCandidates }) {
  const t = useTranslations("systems.members");
  const [chosen, setChosen] = useState<CandidateRow | null>(null);
  return (
    <Field name="userId" label={t("candidate")} hint={chosen ? undefined : t("candidateHint")} required>
      {chosen ? (
        <ChosenCandidate candidate={chosen} onClear={() => setChosen(null)} />
      ) : (
        <CandidateInput find={find} onChoose={setChosen} />
      )}
    </Field>
  );
}

function ChosenCandidate({ candidate, onClear }: { candidate: CandidateRow; onClear: () => void }) {
  const t = useTranslations("systems.members");
  return (
    <div className="flex min-w-0 items-center gap-2.5 rounded-md border bg-sunken p-2 text-sm">
      <input type="hidden" name="userId" value={candidate.id} />
      <CandidateName candidate={candidate} />
      <Button variant="ghost" size="sm" onClick={onClear} autoFocus>
        {t("chooseOther")}
      </Button>
    </div>
  );
}

function CandidateName({ candidate }: { candidate: CandidateRow }) {
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2.5">
      <Avatar name={candidate.displayName} size="sm" />
      <span className="min-w-0 truncate">
        {candidate.displayName} <span className="text-xs text-ink-faint">{candidate.username}</span>
      </span>
    </span>
  );
}

interface CandidateInputProps {
  find: FindCandidates;
  onChoose: (candidate: CandidateRow) => void;
}

function CandidateInput({ find, onChoose }: CandidateInputProps) {
  const t = useTranslations("systems.members");
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const { found, isSearching, hasFailed, isEmpty } = useCandidates(typed, find);
  const active = Math.min(at, found.length - 1);

  function steer(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const candidate = found[active];
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Enter" && candidate) onChoose(candidate);
    if (step === undefined || found.length === 0) return;
    event.preventDefault();
    setAt((active + step + found.length) % found.length);
  }

  return (
    <div className="grid gap-1.5">
      <span className="relative block">
        <Input
          name=""
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={found[active] && `${listId}-${active}`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={steer}
        />
        {isSearching && (
          <Spinner label={t("candidate")} className="absolute inset-y-0 right-2.5 my-auto text-ink-faint" />
        )}
      </span>
      <ul
        id={listId}
        role="listbox"
        aria-label={t("candidate")}
        className="grid max-h-56 overflow-y-auto rounded-md border bg-raised p-1 empty:hidden"
      >
        {found.map((candidate, index) => (
          <li
            key={candidate.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            onClick={() => onChoose(candidate)}
            onPointerMove={() => setAt(index)}
            className={cn("cursor-pointer rounded-sm px-2 py-1.5 text-sm", index === active && "bg-hover")}
          >
            <CandidateName candidate={candidate} />
          </li>
        ))}
      </ul>
      <p role="status" className="text-xs text-ink-muted empty:hidden">
        {hasFailed && t("candidateFailed")}
        {isEmpty && t("candidateNone")}
      </p>
    </div>
  );
}
