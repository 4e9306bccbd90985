/** How sheets are printed: on landscape pages, with the company and the currency at the top of each. */
import type { WriteSheet } from 'hucre/xlsx';

/** So many characters fit beside each other on a landscape page at three quarters of their size, A4 or Letter. */
const READABLE = 190;

/** The sheet, over as many pages beside each other as it takes for people to read it. */
export function onPaper(
  sheet: WriteSheet,
  { company, currency }: { readonly company?: string | undefined; readonly currency: string },
): WriteSheet {
  const width = (sheet.columns ?? []).reduce((sum, column) => sum + (column.width ?? 9), 0);
  const left = company === undefined ? '' : `&L${company.replaceAll('&', '&&')}`;
  return {
    ...sheet,
    pageSetup: {
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: Math.ceil(width / READABLE),
      fitToHeight: 0,
      margins: { top: 0.6, bottom: 0.6, left: 0.4, right: 0.4, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddHeader: `${left}&RAmounts in ${currency}`, oddFooter: '&L&A&RPage &P of &N' },
  };
}
