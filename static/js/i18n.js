// @ts-check
// Words, numbers and moments in the reader's language. English sentences are their own message ids.

const ENGLISH = "en-GB";

/** @type {{locale: string, messages: Record<string, any>}} */
let language = { locale: ENGLISH, messages: {} };

/** @type {Map<string, any>} Intl objects are slow to make and are asked for at every render */
let made = new Map();

/**
 * Say once, before the first render, which language the page has.
 *
 * @param {{locale?: string, messages?: Record<string, any>}} boot  `messages`: msgid -> sentence; for a plural, the
 *   msgid of its singular -> {one, few, many, other} (CLDR categories)
 */
export function speak(boot) {
  language = { locale: supported(boot.locale), messages: boot.messages ?? {} };
  made = new Map();
}

/**
 * A sentence; `{name}` in it becomes values.name. Numbers are written as the language writes them.
 *
 * @param {string} msgid
 * @param {Record<string, any>} [values]
 */
export function t(msgid, values) {
  const found = Object.hasOwn(language.messages, msgid) ? language.messages[msgid] : undefined;
  return fill(typeof found === "string" && found !== "" ? found : msgid, values);
}

/**
 * A sentence with a count: n("{count} dot left", "{count} dots left", left).
 *
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Record<string, any>} [values]
 */
export function n(one, many, count, values) {
  const category = intl("plural", Intl.PluralRules).select(count);
  const forms = Object.hasOwn(language.messages, one) ? language.messages[one] : undefined;
  const english = count === 1 ? one : many;
  const found = forms && typeof forms === "object" ? (forms[category] ?? forms.other) : t(english);
  return fill(found || english, { count, ...values });
}

/** @param {number} value @param {Intl.NumberFormatOptions} [options] */
export const number = (value, options) => intl("number", Intl.NumberFormat, options).format(value);

/** @param {number} share 0..1 */
export const percent = (share) => number(share, { style: "percent", maximumFractionDigits: 0 });

/** The time of day of a moment. @param {number} ms since 1970 UTC @param {Intl.DateTimeFormatOptions} [options] */
export const time = (ms, options) =>
  intl("time", Intl.DateTimeFormat, options ?? { hour: "2-digit", minute: "2-digit" }).format(ms);

/** The date of a moment. @param {number} ms since 1970 UTC @param {Intl.DateTimeFormatOptions} [options] */
export const date = (ms, options) => intl("date", Intl.DateTimeFormat, options ?? { dateStyle: "medium" }).format(ms);

/**
 * A calendar day such as "2016-07-05": the same day for every reader, whatever their time zone.
 *
 * @param {string} day
 * @param {Intl.DateTimeFormatOptions} [options]
 */
export function day(day, options) {
  const at = Date.parse(`${day}T00:00:00Z`);
  const how = options ?? { weekday: "long", day: "numeric", month: "long" };
  return Number.isNaN(at) ? day : intl("day", Intl.DateTimeFormat, { ...how, timeZone: "UTC" }).format(at);
}

/** Time left as m:ss or h:mm:ss; a moment that is over reads 0:00. @param {number} ms */
export function countdown(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (/** @type {number} */ x) => String(x).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** @param {string[]} names @param {"conjunction" | "disjunction"} [type] */
export const list = (names, type = "conjunction") => intl("list", Intl.ListFormat, { type }).format(names);

/** @param {string} text @param {Record<string, any>} [values] */
function fill(text, values) {
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    if (!Object.hasOwn(values, name)) return whole;
    return typeof values[name] === "number" ? number(values[name]) : String(values[name]);
  });
}

/** @param {string} kind @param {any} Maker @param {any} [options] */
function intl(kind, Maker, options) {
  const key = kind + JSON.stringify(options ?? null);
  if (!made.has(key)) made.set(key, new Maker(language.locale, options));
  return made.get(key);
}

/**
 * Flask says `pt_BR`, Intl wants `pt-BR`; a locale that Intl does not know must not stop the page. The house writes dates
 * and times as in Britain: the server does, too.
 *
 * @param {string} [locale]
 */
function supported(locale) {
  try {
    const known = new Intl.Locale((locale ?? "en").replaceAll("_", "-")).toString();
    return known === "en" ? ENGLISH : known;
  } catch {
    return ENGLISH;
  }
}
