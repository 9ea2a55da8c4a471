/** The contract on the page of the API. */
const contract = await fetch('openapi.yaml');
document.getElementById('yaml').textContent = await contract.text();
