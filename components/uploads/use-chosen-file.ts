import { useTranslations } from "next-intl";
import { useState } from "react";
import { fileFingerprint } from "./file-fingerprint";
import { guessImage, type ImageGuess } from "./guess-image";

export interface ChosenFile {
  file: File;
  fingerprint: string;
  guess: ImageGuess;
}

const bytesMin = 512;
const gib = 1024 ** 3;

/** The file a person chose, and why it cannot be it. */
export function useChosenFile(gigabytesMax: number) {
  const t = useTranslations("uploads");
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const [problem, setProblem] = useState<string | undefined>(undefined);

  async function choose(file: File) {
    const refusal = await refusalOf(file);
    setProblem(refusal ?? undefined);
    if (refusal !== null) return setChosen(null);
    setChosen({ file, fingerprint: await fileFingerprint(file), guess: await guessImage(file) });
  }

  async function refusalOf(file: File): Promise<string | null> {
    if (file.size > gigabytesMax * gib) return t("new.tooLarge", { gigabytesMax });
    try {
      if (file.size < bytesMin) return t("new.tooSmall");
      return (await guessImage(file)).isArchive ? t("new.archive") : null;
    } catch {
      // A folder, or a file that went away meanwhile, cannot be read.
      return t("new.unreadable");
    }
  }

  return { chosen, problem, choose };
}
