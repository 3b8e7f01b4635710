// Stories of the pages of web/src/advice: name: { roles, widths, work(page, t, x) }, as flows.mjs has them.
export const flows = {
}
