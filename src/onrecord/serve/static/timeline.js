// The page ‘timeline’.
