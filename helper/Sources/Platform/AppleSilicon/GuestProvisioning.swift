/// The first user of a new virtual Mac, which only the newest systems know.
package struct GuestProvisioning {
  let fullName: String
  let username: String
  let password: String
  let logsInAutomatically: Bool
  let enablesRemoteLogin: Bool

  package init(
    fullName: String, username: String, password: String, logsInAutomatically: Bool, enablesRemoteLogin: Bool
  ) {
    self.fullName = fullName
    self.username = username
    self.password = password
    self.logsInAutomatically = logsInAutomatically
    self.enablesRemoteLogin = enablesRemoteLogin
  }
}
