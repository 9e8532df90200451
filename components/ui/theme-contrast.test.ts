import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

type Theme = Map<string, string>;

const css = readFileSync(path.resolve(import.meta.dirname, "../../app/globals.css"), "utf8");
const themes = { light: themeOf(":root"), dark: themeOf(".dark") };
const grounds = ["canvas", "surface", "raised", "sunken", "hover"];
const tones = ["neutral", "info", "success", "warning", "danger"];

const texts = [
  ...grounds.flatMap((ground) => ["ink", "ink-muted", "ink-faint", "accent-ink"].map((ink) => [ink, ground])),
  ...tones.flatMap((tone) => [tone, "ink", "ink-muted"].map((ink) => [ink, `${tone}-soft`])),
  ...tones.map((tone) => [tone, "surface"]),
  ["accent-contrast", "accent"],
  ["accent-contrast", "accent-hover"],
  ["accent-contrast", "danger-solid"],
  ["accent-ink", "accent-soft"],
  ["ink-muted", "accent-soft"],
  ["ink-faint", "accent-soft"],
  ["inverse-ink", "inverse"],
];

const shapes = [
  ...["canvas", "surface", "raised"].map((ground) => ["line-field", ground]),
  ...tones.map((tone) => [`${tone}-solid`, "surface"]),
  ["accent", "surface"],
];

test.each(Object.entries(themes))("every text of the %s theme has a contrast of 4.5 : 1", (_name, theme) => {
  expect(weakerThan(4.5, theme, texts)).toEqual([]);
});

test.each(Object.entries(themes))(
  "every outline and mark of the %s theme has a contrast of 3 : 1",
  (_name, theme) => {
    expect(weakerThan(3, theme, shapes)).toEqual([]);
  },
);

test("both themes define the same tokens", () => {
  expect([...themes.dark.keys()].sort()).toEqual([...themes.light.keys()].sort());
});

function themeOf(selector: string): Theme {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

function weakerThan(least: number, theme: Theme, pairs: string[][]) {
  return pairs
    .map(([front = "", ground = ""]) => ({
      pair: `${front} on ${ground}`,
      ratio: contrast(theme, front, ground),
    }))
    .filter(({ ratio }) => !(ratio >= least))
    .map(({ pair, ratio }) => `${pair} ${ratio.toFixed(2)}`);
}

function contrast(theme: Theme, one: string, other: string) {
  const [dark = 0, light = 0] = [luminance(theme.get(one)), luminance(theme.get(other))].sort(
    (a, b) => a - b,
  );
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance as WCAG defines it, from OKLCH by way of linear sRGB clipped to what a screen shows. */
function luminance(color = "") {
  const [, l = NaN, c = NaN, h = NaN] = (/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/.exec(color) ?? []).map(Number);
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = clip(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short);
  const green = clip(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short);
  const blue = clip(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function clip(channel: number) {
  return Math.min(1, Math.max(0, channel));
}
