/** What all pages share: escaping, numbers and dates, colors that can be read. */
import { describe, expect, it } from 'vitest';
import {
  amountText,
  dayText,
  figureOf,
  longDayText,
  rateText,
  shareText,
  signedText,
  unitsText,
} from '../../src/pages/figures.js';
import { escapeHtml, html, isolated } from '../../src/pages/html.js';
import { policyOf, SHARED_STYLES } from '../../src/pages/style.js';

describe('html', () => {
  it('escapes every text and no markup', () => {
    const name = `<b onclick="x('\`')">&`;
    expect(`${html`<td title="${name}">${[name, html`<i>${name}</i>`, undefined]}</td>`}`).toBe(
      '<td title="&lt;b onclick=&quot;x(&#39;&#96;&#39;)&quot;&gt;&amp;">' +
        '&lt;b onclick=&quot;x(&#39;&#96;&#39;)&quot;&gt;&amp;' +
        '<i>&lt;b onclick=&quot;x(&#39;&#96;&#39;)&quot;&gt;&amp;</i></td>',
    );
  });

  it('replaces what no HTML may have', () => {
    expect(escapeHtml('a\u0000b\u001Bc\u0085d\uD800e\uFFFFf\tg\nh😀')).toBe(
      'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\tg\nh😀',
    );
  });

  it('isolates letters that run the other way, and replaces what would leave the isolation', () => {
    expect(`${isolated('\u05D0\u05D1')}`).toBe('<bdi>\u05D0\u05D1</bdi>');
    for (const letter of '\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069') {
      expect(`${isolated(`${letter}txt`)}`).toBe('<bdi>\uFFFDtxt</bdi>');
    }
  });
});

describe('figures', () => {
  const two = { digits: 2, scale: 4 };

  it.each([
    [0n, '0.00', '0.00'],
    [123456789n, '1,234,567.89', '+1,234,567.89'],
    [-25000n, '\u2212250.00', '\u2212250.00'],
  ])('writes %s', (amount, text, signed) => {
    expect(amountText(amount, two)).toBe(text);
    expect(signedText(amount, two)).toBe(signed);
  });

  it('has the decimals of the currency, and of a ledger amount all that it has', () => {
    expect(amountText(-1234n, { digits: 0 })).toBe('\u22121,234');
    expect(amountText(1234n, { digits: 3 })).toBe('1.234');
    expect(unitsText(-12345600n, two)).toBe('\u22121,234.56');
    expect(unitsText(12345678n, two)).toBe('1,234.5678');
  });

  it('has a dash for zero that is read out as zero', () => {
    expect(`${figureOf(0n, two)}`).toBe('<span aria-hidden="true">–</span><span class="unseen">0.00</span>');
    expect(`${figureOf(-1n, two)}`).toBe('\u22120.01');
  });

  it('writes shares with two decimals and rates as plans do', () => {
    expect(shareText({ n: 13n, d: 30n })).toBe('43.33%');
    expect(shareText({ n: 1n, d: 1n })).toBe('100.00%');
    expect(rateText({ n: 1n, d: 20n })).toBe('5%');
    expect(rateText({ n: 3n, d: 40n })).toBe('7.5%');
  });

  it('writes days in words', () => {
    expect(dayText('2025-06-20')).toBe('20 Jun 2025');
    expect(longDayText('2025-06-02')).toBe('2 June 2025');
  });
});

describe('style', () => {
  it('seals a page with the hashes of its own styles and scripts', () => {
    expect(policyOf(['a{}'])).toBe(
      "default-src 'none'; style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='; " +
        "script-src 'none'; base-uri 'none'; form-action 'none'",
    );
    expect(policyOf([], ['x'])).toContain("style-src 'none'; script-src 'sha256-");
  });

  it('has colors that can be read, in both themes', () => {
    const themes = SHARED_STYLES.split('@media');
    for (const theme of themes.slice(0, 2)) {
      const color = (name: string) => new RegExp(`--${name}: (#[0-9A-F]{6})`).exec(theme)?.[1] as string;
      for (const text of ['text', 'quiet', 'total', 'up', 'down']) {
        for (const ground of ['page', 'panel']) {
          expect(contrast(color(text), color(ground)), `${text} on ${ground}`).toBeGreaterThan(4.5);
        }
      }
    }
  });
});

/** WCAG 2.2: how far two colors stand apart, 1 to 21. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
