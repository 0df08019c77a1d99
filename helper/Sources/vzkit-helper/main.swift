print("vzkit-helper")
