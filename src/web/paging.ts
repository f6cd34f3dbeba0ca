/** Which part of a long list is on a page, and the ways to the others. */

export interface Paging {
  /** From 1; 1 as well when there is nothing. */
  readonly page: number
  readonly pages: number
  /** Items before the first one shown. */
  readonly offset: number
  readonly size: number
  readonly total: number
}

/** The page that was asked for by its number; what is no page's number gives the nearest one. */
export const pagingOf = (total: number, asked: string | undefined, size: number): Paging => {
  const pages = Math.max(1, Math.ceil(total / size))
  const number = /^\d{1,9}$/.test(asked ?? "") ? Number(asked) : 1
  const page = Math.min(pages, Math.max(1, number))
  return { page, pages, offset: (page - 1) * size, size, total }
}

/** The links below a paged list, "51 to 100 of 300"; `undefined` where all is on one page. */
export const pagerView = ({ page, pages, offset, size, total }: Paging, what: string, href: (page: number) => string) =>
  pages === 1
    ? undefined
    : {
        what,
        text: `${offset + 1} to ${Math.min(total, offset + size)} of ${total}`,
        previous: page > 1 ? href(page - 1) : undefined,
        next: page < pages ? href(page + 1) : undefined,
      }

/** A path with its query: parameters without a value are left out. */
export const withQuery = (path: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== "")
  const text = new URLSearchParams(given).toString()
  return text === "" ? path : `${path}?${text}`
}
