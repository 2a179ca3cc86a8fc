import Model
import Panes

/// What a program needs of whatever shows it: a terminal, or nothing at all when a tape plays.
@MainActor
protocol ProgramHost: AnyObject {
  /// The state has altered; draw soon, once for all that is pending.
  func stateChanged()
  /// Leave; the program is over.
  func quit()
  func suspend()
  func repaint()
  func setMouse(_ isOn: Bool)
  /// Rings the terminal's bell.
  func ring()
  /// Uses another theme; returns the name of the one that is in use, or why it could not be.
  func setTheme(_ name: String) -> Result<String, ErrandFailure>
  /// Lets the officer edit a text in an editor; nil where nothing was altered.
  func edit(_ text: String, name: String) -> Result<String?, ErrandFailure>
  func copy(_ text: String) -> Result<String, ErrandFailure>
  func savePicture(to path: String) -> Result<String, ErrandFailure>
}
