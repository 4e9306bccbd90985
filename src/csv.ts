/** The door `clawback/csv`: CSV text in and out, without files. */
export { type CsvFile, type CsvOptions, csvFiles, ledgerFromCsv } from './library/csv.js';
