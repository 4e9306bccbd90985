/** The currencies of ISO 4217, each with its number of decimals. */

export interface Currency {
  /** Three capital letters. */
  readonly code: string;
  /** How many decimals its minor unit has: 2 for USD, 0 for JPY. */
  readonly digits: number;
}

/** The codes, by their number of decimals; a test compares them with the list that ISO 4217's agency publishes. */
const CODES: readonly string[] = [
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XAG XAU XBA XBB XBC XBD XDR ' +
    'XOF XPD XPF XPT XSU XTS XUA XXX',
  '',
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP ' +
    'BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR ' +
    'FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW ' +
    'KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN ' +
    'NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD ' +
    'SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS ' +
    'VED VES WST XCD YER ZAR ZMW ZWG',
  'BHD IQD JOD KWD LYD OMR TND',
  'CLF UYW',
];

/** The currency with that code; undefined where ISO 4217 has none. */
export function findCurrency(code: string): Currency | undefined {
  if (!/^[A-Z]{3}$/.test(code)) return undefined;
  const digits = CODES.findIndex((codes) => codes.includes(code));
  return digits < 0 ? undefined : { code, digits };
}
