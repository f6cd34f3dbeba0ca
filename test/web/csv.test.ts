import { expect, test } from "vitest"
import { decodeText, readTable, writeCsv } from "../../src/web/csv.ts"

test("the separator is that of the first line, and lines are counted as in the text", () => {
  expect(readTable('a;"b; c";d\n\n1;2\n"x\ny";z\nlast')).toEqual([
    { line: 1, cells: ["a", "b; c", "d"] },
    { line: 3, cells: ["1", "2"] },
    { line: 4, cells: ["x\ny", "z"] },
    { line: 6, cells: ["last"] },
  ])
  expect(readTable("\ufeffa\tb, c\n1\t2")[0]?.cells).toEqual(["a", "b, c"])
  expect(readTable("a, b ,c\r\n")).toEqual([{ line: 1, cells: ["a", "b", "c"] }])
  expect(readTable("")).toEqual([])
})

test("no cell of ours is a formula anywhere, and numbers stay numbers", () => {
  const row = ["=1+1", "+1", "-1", "@x", "  =1", "\tx", "\rx", "＝1", "plain", 'say "so", then', "", -5]
  const text = writeCsv([["=head"], row])
  expect(text).toBe(`\ufeff'=head\r\n'=1+1,'+1,'-1,'@x,'  =1,"'\tx","'\rx",'＝1,plain,"say ""so"", then",,-5\r\n`)
})

test("files are read as what they are", () => {
  expect(decodeText(Buffer.from("Zoë", "utf8"))).toBe("Zoë")
  expect(decodeText(Buffer.from("Zoë", "latin1"))).toBe("Zoë")
  expect(decodeText(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Zoë", "utf16le")]))).toBe("Zoë")
})
