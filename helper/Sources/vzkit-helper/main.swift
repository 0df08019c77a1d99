import HelperCore

HelperMain.run()
