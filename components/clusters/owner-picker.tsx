"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { findOwnersAction } from "@/app/actions/clusters";
import { useCandidates } from "@/components/systems/use-candidates";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface Owner {
  id: string;
  displayName: string;
}

async function find(q: string) {
  const answer = await findOwnersAction({ q });
  return answer.ok ? answer.data.items.map((person) => ({ ...person, isService: false })) : null;
}

/** Finds one person by the beginning of a name and posts the id as `ownerId`; none is posted as nothing. */
export function OwnerPicker({ owner }: { owner: Owner | null }) {
  const t = useTranslations("clusters.owner");
  const [chosen, setChosen] = useState(owner);
  return (
    <Field name="ownerId" label={t("label")} hint={t("hint")} optional>
      <input type="hidden" name="ownerId" value={chosen?.id ?? ""} />
      {chosen ? (
        <span className="flex min-w-0 items-center gap-2.5 rounded-md border bg-sunken p-2 text-sm">
          <Avatar name={chosen.displayName} size="sm" />
          <span className="min-w-0 flex-1 truncate">{chosen.displayName}</span>
          <Button variant="ghost" size="sm" onClick={() => setChosen(null)}>
            {t("clear")}
          </Button>
        </span>
      ) : (
        <OwnerSearch onChoose={setChosen} />
      )}
    </Field>
  );
}

function OwnerSearch({ onChoose }: { onChoose: (owner: Owner) => void }) {
  const t = useTranslations("clusters.owner");
  const [typed, setTyped] = useState("");
  const { found, hasFailed, isEmpty } = useCandidates(typed, find);
  return (
    <div className="grid gap-1.5">
      <Input
        name=""
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (found[0]) onChoose(found[0]);
        }}
      />
      <ul className="grid max-h-56 overflow-y-auto rounded-md border bg-raised p-1 empty:hidden">
        {found.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              onClick={() => onChoose(person)}
              className="flex w-full items-center gap-2 rounded-sm px-2 py-1.5 text-left text-sm hover:bg-hover"
            >
              <Avatar name={person.displayName} size="sm" />
              <span className="min-w-0 truncate">
                {person.displayName} <span className="text-xs text-ink-faint">{person.username}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className="text-xs text-ink-muted empty:hidden">
        {hasFailed && t("failed")}
        {isEmpty && t("nobody")}
      </p>
    </div>
  );
}
