// The user name first, then the password, as Unified Intelligence Center asks.
(() => {
  document.getElementById('identitySubmitBtn').addEventListener('click', () => {
    if (document.getElementById('rawUserName').value === '') return;
    document.getElementById('identity').querySelector('button').hidden = true;
    document.getElementById('secret').hidden = false;
    document.getElementById('j_password').focus();
  });
})();
