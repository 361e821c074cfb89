// expect-error: no such message
int accepted() { return 0; }
