import { clsx, type ClassValue } from "clsx";
import { createTailwindMerge, validators } from "tailwind-merge";

const { isArbitraryLength, isArbitraryValue, isNumber } = validators;

const colors =
  /^(canvas|surface|raised|sunken|hover|line|ink|accent|inverse|overlay|neutral|info|success|warning|danger|white|black|transparent|current)\b/;
const isColor = (value: string) => colors.test(value) || isArbitraryValue(value);

// "x-4" of gap-x-4 is another property, not a length.
const isLength = (value: string) => !/^[a-z]-/.test(value);

// Only what our components let callers change: the library's own table of every Tailwind class weighs three times as much.
const classGroups = {
  display: [
    "block",
    "inline",
    "inline-block",
    "inline-flex",
    "flex",
    "inline-grid",
    "grid",
    "contents",
    "hidden",
  ],
  position: ["static", "fixed", "absolute", "relative", "sticky"],
  size: [{ size: [isLength] }],
  width: [{ w: [isLength] }],
  height: [{ h: [isLength] }],
  "max-width": [{ "max-w": [isLength] }],
  "max-height": [{ "max-h": [isLength] }],
  "min-height": [{ "min-h": [isLength] }],
  gap: [{ gap: [isLength] }],
  padding: [{ p: [isLength] }],
  "padding-x": [{ px: [isLength] }],
  "padding-y": [{ py: [isLength] }],
  "padding-left": [{ pl: [isLength] }],
  "padding-right": [{ pr: [isLength] }],
  margin: [{ m: [isLength] }],
  "margin-x": [{ mx: [isLength] }],
  "margin-y": [{ my: [isLength] }],
  "margin-top": [{ mt: [isLength] }],
  justify: [{ justify: ["start", "end", "center", "between"] }],
  items: [{ items: ["start", "end", "center", "baseline", "stretch"] }],
  columns: [{ "grid-cols": [isLength] }],
  "text-align": [{ text: ["left", "right", "center", "start", "end"] }],
  "text-wrap": [{ text: ["wrap", "nowrap", "balance", "pretty"] }],
  "font-size": [{ text: ["2xs", "xs", "sm", "base", "lg", "xl", "2xl", "3xl", isArbitraryLength] }],
  "text-color": [{ text: [isColor] }],
  "font-weight": [{ font: ["normal", "medium", "semibold", "bold"] }],
  "font-family": [{ font: ["sans", "mono"] }],
  background: [{ bg: [isColor] }],
  "border-width": [{ border: ["", isNumber] }],
  "border-style": ["border-solid", "border-dashed"],
  "border-color": [{ border: [isColor] }],
  radius: [{ rounded: ["", "none", "xs", "sm", "md", "lg", "xl", "2xl", "full"] }],
  shadow: [{ shadow: ["none", "raised", "floating"] }],
  opacity: [{ opacity: [isNumber] }],
  whitespace: [{ whitespace: ["normal", "nowrap", "pre", "pre-wrap"] }],
};

const merge = createTailwindMerge(() => ({
  cacheSize: 300,
  theme: {},
  classGroups,
  conflictingClassGroups: {
    size: ["width", "height"],
    padding: ["padding-x", "padding-y", "padding-left", "padding-right"],
    "padding-x": ["padding-left", "padding-right"],
    margin: ["margin-x", "margin-y", "margin-top"],
    "margin-y": ["margin-top"],
  },
  conflictingClassGroupModifiers: {},
  orderSensitiveModifiers: [],
  postfixLookupClassGroups: [],
}));

/** Joins class names; of two that set the same property the later one stays. */
export function cn(...classes: ClassValue[]) {
  return merge(clsx(classes));
}
