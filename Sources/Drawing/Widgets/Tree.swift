/// A branch of a tree and what hangs on it.
public struct TreeNode<ID: Hashable & Sendable>: Sendable, Equatable {
  /// Names it, so that cursor and unfolding follow it.
  public var id: ID
  /// What is shown.
  public var line: Line
  /// What hangs on it, in order.
  public var children: [TreeNode]

  /// Makes a branch.
  public init(id: ID, line: Line, children: [TreeNode] = []) {
    (self.id, self.line, self.children) = (id, line, children)
  }
}

/// Branches that unfold: a list whose rows have rows below them.
public struct Tree<ID: Hashable & Sendable>: Sendable, Equatable {
  /// A branch as it is seen.
  private struct Row {
    var node: TreeNode<ID>
    var depth: Int
    var parent: ID?
  }

  /// The outermost branches.
  public var roots: [TreeNode<ID>]
  /// The branches that are unfolded.
  public private(set) var unfolded: Set<ID> = []
  /// The selected branch.
  public private(set) var selectedID: ID?
  private var top = 0

  /// Makes a tree with its first branch selected, folded up.
  public init(_ roots: [TreeNode<ID>]) {
    self.roots = roots
    selectedID = roots.first?.id
  }

  private var rows: [Row] {
    var rows: [Row] = []
    func add(_ nodes: [TreeNode<ID>], _ depth: Int, _ parent: ID?) {
      for node in nodes {
        rows.append(Row(node: node, depth: depth, parent: parent))
        if unfolded.contains(node.id) { add(node.children, depth + 1, node.id) }
      }
    }
    add(roots, 0, nil)
    return rows
  }

  private func cursor(in rows: [Row]) -> Int {
    rows.firstIndex { $0.node.id == selectedID } ?? 0
  }

  /// Moves the cursor over the branches that are seen.
  public mutating func move(_ motion: Motion, height: Int) {
    let rows = rows
    let height = max(1, height)
    var cursor = cursor(in: rows)
    let first = visibleTop(cursor, rows.count, height)
    switch motion {
    case .by(let step): cursor += step
    case .page(let step): cursor += step * height
    case .halfPage(let step): cursor += step * max(1, height / 2)
    case .first: cursor = 0
    case .last: cursor = rows.count - 1
    case .to(let row): cursor = row
    case .screenTop: cursor = first
    case .screenMiddle: cursor = first + height / 2
    case .screenBottom: cursor = first + height - 1
    }
    cursor = min(max(0, cursor), max(0, rows.count - 1))
    selectedID = cursor < rows.count ? rows[cursor].node.id : nil
    top = visibleTop(cursor, rows.count, height)
  }

  /// Unfolds the selected branch, or goes to the first below it where it is unfolded.
  public mutating func unfold() {
    let rows = rows
    guard let row = rows.first(where: { $0.node.id == selectedID }), !row.node.children.isEmpty
    else { return }
    if !unfolded.insert(row.node.id).inserted { selectedID = row.node.children[0].id }
  }

  /// Folds the selected branch up, or goes to the one it hangs on where it is folded.
  public mutating func fold() {
    guard let row = rows.first(where: { $0.node.id == selectedID }) else { return }
    if unfolded.remove(row.node.id) == nil, let parent = row.parent { selectedID = parent }
  }

  /// Unfolds the selected branch or folds it up.
  public mutating func toggle() {
    guard let row = rows.first(where: { $0.node.id == selectedID }), !row.node.children.isEmpty
    else { return }
    if unfolded.remove(row.node.id) == nil { unfolded.insert(row.node.id) }
  }

  /// Selects a branch and unfolds those it hangs on.
  public mutating func select(_ id: ID) {
    func path(_ nodes: [TreeNode<ID>]) -> [ID]? {
      for node in nodes {
        if node.id == id { return [] }
        if let rest = path(node.children) { return [node.id] + rest }
      }
      return nil
    }
    guard let path = path(roots) else { return }
    unfolded.formUnion(path)
    selectedID = id
  }

  private func visibleTop(_ cursor: Int, _ count: Int, _ height: Int) -> Int {
    var first = min(top, max(0, count - height))
    if cursor < first { first = cursor }
    if cursor >= first + height { first = cursor - height + 1 }
    return max(0, first)
  }

  /// Draws the branches that fit around the cursor.
  public func draw(isFocused: Bool, on canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    canvas.fill(rect)
    let rows = rows
    let cursor = cursor(in: rows)
    let first = visibleTop(cursor, rows.count, rect.rows)
    for (index, row) in rows.enumerated().dropFirst(first).prefix(rect.rows) {
      let place = Rect(
        column: rect.column,
        row: rect.row + index - first,
        columns: rect.columns,
        rows: 1
      )
      let sign =
        row.node.children.isEmpty ? "  " : unfolded.contains(row.node.id) ? "▾ " : "▸ "
      // Deep branches do not push their text off the screen.
      let indent = String(repeating: "  ", count: min(row.depth, max(0, rect.columns / 4)))
      canvas.write(Line([Span(indent), Span(sign, .textMuted)] + row.node.line.spans), in: place)
      if index == cursor {
        canvas.select(place, isFocused ? .rowSelected : .rowSelectedUnfocused)
        if isFocused { canvas.cursor = Point(column: place.column, row: place.row) }
      }
    }
  }
}
