"use client";

import { Command as CommandParts } from "cmdk";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import * as DialogParts from "radix-ui/dialog";
import { useState } from "react";
import { dialogOverlay } from "@/components/ui/dialog-styles";
import { Kbd } from "@/components/ui/kbd";
import { Spinner } from "@/components/ui/spinner";
import { useReturnFocus } from "@/components/ui/use-return-focus";
import type { Command } from "./command";
import { navigationIcons } from "./icons";
import { foundWord, rank, useMark, valueOf, wordsOf } from "./palette-mark";
import { QueryProvider } from "./query-provider";
import { usePortalSearch } from "./use-portal-search";

type CommandDialogProps = {
  open: boolean;
  onClose: () => void;
  commands: readonly Command[];
};

export function CommandDialog({ open, ...content }: CommandDialogProps) {
  return <QueryProvider>{open && <OpenDialog {...content} />}</QueryProvider>;
}

function OpenDialog({ onClose, commands }: Omit<CommandDialogProps, "open">) {
  const t = useTranslations("shell");
  const returnFocus = useReturnFocus();
  return (
    <DialogParts.Root open onOpenChange={onClose}>
      <DialogParts.Portal>
        <DialogParts.Overlay className={dialogOverlay} />
        <DialogParts.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="fixed inset-x-2 top-2 z-50 mx-auto max-w-xl animate-enter overflow-hidden rounded-xl bg-raised text-ink shadow-floating focus:outline-none sm:top-[14vh]"
        >
          <DialogParts.Title className="sr-only">{t("command.open")}</DialogParts.Title>
          <CommandPalette commands={commands} onDone={onClose} />
        </DialogParts.Content>
      </DialogParts.Portal>
    </DialogParts.Root>
  );
}

type CommandPaletteProps = Pick<CommandDialogProps, "commands"> & { onDone: () => void };

function CommandPalette({ commands, onDone }: CommandPaletteProps) {
  const t = useTranslations("shell");
  const router = useRouter();
  const [query, setQuery] = useState("");
  const { found, searching } = usePortalSearch(query);
  const mark = useMark(query, { commands, found });

  function run(command: Command) {
    onDone();
    router.push(command.href);
  }

  return (
    <CommandParts
      label={t("command.open")}
      loop
      filter={rank}
      value={mark.value}
      onValueChange={mark.move}
      onKeyDown={mark.hold}
    >
      <div className="flex items-center gap-2.5 border-b px-3.5">
        <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <CommandParts.Input
          value={query}
          onValueChange={setQuery}
          placeholder={t("command.placeholder")}
          className="h-12 min-w-0 flex-1 bg-transparent text-[16px] outline-none sm:text-base"
        />
        {searching && <Spinner label={t("command.searching")} className="text-ink-faint" />}
        <Kbd className="hidden sm:inline-grid">{"Esc"}</Kbd>
      </div>
      <CommandParts.List className="max-h-[min(24rem,70dvh)] scroll-py-2 overflow-y-auto p-1.5">
        {!searching && (
          <CommandParts.Empty className="px-3 py-8 text-center text-sm text-ink-muted">
            {t("command.nothing", { query })}
          </CommandParts.Empty>
        )}
        {groupsOf([...commands, ...found]).map(([group, members]) => (
          <CommandParts.Group
            key={group}
            heading={group}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-faint"
          >
            {members.map((command) => (
              <CommandRow
                key={command.id}
                command={command}
                isFound={found.includes(command)}
                onRun={() => run(command)}
              />
            ))}
          </CommandParts.Group>
        ))}
      </CommandParts.List>
    </CommandParts>
  );
}

function CommandRow({ command, isFound, onRun }: { command: Command; isFound: boolean; onRun: () => void }) {
  const Drawing = command.icon ? navigationIcons[command.icon] : undefined;
  return (
    <CommandParts.Item
      value={valueOf(command)}
      keywords={isFound ? [foundWord] : wordsOf(command)}
      onSelect={onRun}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 py-1 text-sm data-[selected=true]:bg-hover pointer-coarse:min-h-11"
    >
      {Drawing && <Drawing aria-hidden className="size-4 shrink-0 text-ink-faint" strokeWidth={1.75} />}
      <span className="min-w-0 truncate">{command.label}</span>
      {command.hint && <span className="min-w-0 flex-1 truncate text-xs text-ink-faint">{command.hint}</span>}
      {command.keys && (
        <span className="ml-auto flex gap-1">
          {command.keys.split(" ").map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
    </CommandParts.Item>
  );
}

function groupsOf(commands: readonly Command[]) {
  const groups = new Map<string, Command[]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups];
}
